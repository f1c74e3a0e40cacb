"""Which words with capitals are a firm, a body or a place, and never a person? Plain words of all languages.

Law: a word stands here only if it is hardly ever a part of a person's name.
"""

from __future__ import annotations

from typing import Final

_FIRMS_TEXT: Final = """
    ag aerospace air airlines airport agency automotive bank bakery bay beach board boats brewery bridge brothers bros
    builders bus buses cannery canneries capital chemicals city clinic co coal coast college comp company companies
    construction cooperative corp corporation cotton council county court creek dairy dam depot district docks
    electric electronics energy engineering enterprises entertainment estate estates exchange express fabrics factory
    farm farms fashion films fisheries foods forest foundation foundry fruit furniture garden garments gas gmbh gold
    governorate harbour harbor health heights hill hills holding holdings hospital hotel hotels house inc industries
    industry insurance investment island islands jail kgaa lake land library limited logistics ltd magazine mall
    manufacturing market media metals mill mills mine mines mining motors mountain mountains museum north oil pacific
    packers paper park petroleum pharma plant plantation plantations plastics plaza plc police port post power prison
    products project properties province quarry railway railways refinery region republic resort resources restaurant
    river rubber sa sarl school schools sea security services shipping shipyard shoes solutions south southern spa
    square stadium state station steel store stores strait sugar supermarket supermarkets supply systems tea
    technologies telecom territory textile textiles theatre timber times tobacco tower town trading transport
    trust university valley village warehouse water west western works yard zone northern eastern east
    завод фабрика шахта банк компания корпорация холдинг комбинат группа область район город республика край
    больница университет гостиница порт река озеро улица площадь газета тюрьма колония
    werk werke fabrik betrieb bergwerk krankenhaus klinik stadt kreis land bezirk gefängnis schule hafen fluss zeitung
    busfahrer busfahrerin busfahrern fahrer arbeiter beschäftigte verkehrsbetriebe stadtwerke stadtverwaltung werft
    usine société entreprise groupe banque hôpital université ville province région mine port journal prison école
    fábrica empresa grupo banco hospital universidad ciudad provincia región mina puerto diario cárcel escuela compañía
    fabbrica azienda gruppo banca ospedale università città provincia regione miniera porto giornale carcere società
    universidade cidade estado região jornal cadeia mineradora usina companhia fazenda
    fabriek bedrijf groep ziekenhuis universiteit stad provincie haven krant gevangenis
    fabryka firma spółka grupa szpital uniwersytet miasto województwo kopalnia stocznia gazeta
    továrna podnik společnost skupina nemocnice univerzita město kraj věznice důl závod noviny
    fabrikk selskap gruppe sykehus universitet by fylke havn avis fengsel verft gruve
    fabrika şirket şirketi grup holding banka hastane hastanesi üniversite üniversitesi şehir ili maden madeni gazete
    tersane tersanesi fabrikası
"""
FIRMS: Final = frozenset(_FIRMS_TEXT.split())
