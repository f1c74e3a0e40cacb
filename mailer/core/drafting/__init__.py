"""What does a pasted appeal ask for, of whom, and how are they reached?"""
