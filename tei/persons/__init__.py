"""People: the register of those a text names, the finder of their names, and the proposal of a register."""
