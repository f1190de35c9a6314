"""Run the program from a checkout: ``python cli.py ...`` does what ``tei ...`` does once installed."""

from tei.commands import main

if __name__ == "__main__":
    main()
