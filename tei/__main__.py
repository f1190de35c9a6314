"""``python -m tei`` does what ``tei`` does."""

from tei.commands import main

if __name__ == "__main__":
    main()
