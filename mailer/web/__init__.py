"""What do people see in a browser? Pages that work without cookies and without JavaScript."""
