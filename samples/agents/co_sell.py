"""Co-sell scout: finds partners who could sell together, by rules over the samples' data.

    echo "Who could help us with Alpenstrom?" | python3 co_sell.py

Reads a prompt on standard input and prints markdown as it goes. There is no model behind it.
"""

import argparse
import os
import signal
import sys
import time

from records import Records, RecordsMissing
from scout import Scout

MAX_PROMPT = 8000


def say(text, pace, out, sleep=time.sleep):
    """Prints word by word, each at once, as something that thinks would."""
    word = ""
    for character in text:
        word += character
        if character in " \n":
            out.write(word)
            out.flush()
            word = ""
            if pace > 0:
                sleep(pace)
    out.write(word)
    out.flush()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Finds partners who could sell together.")
    parser.add_argument("--pace", type=float, default=0.03, help="seconds between two words, 0 for none")
    parser.add_argument("--data", help="folder with partnerships.json, deals.json, people.json, organizations.json")
    options = parser.parse_args(arguments)
    # Nothing to put in order: whoever says stop means now.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    sys.stdout.reconfigure(encoding="utf-8")
    prompt = sys.stdin.buffer.read(MAX_PROMPT).decode("utf-8", "replace")
    try:
        for paragraph in Scout(Records.load(options.data)).answer(prompt):
            say(paragraph + "\n\n", options.pace, sys.stdout)
    except RecordsMissing as missing:
        say(f"I have nothing to search: {missing}\n", options.pace, sys.stdout)
    except BrokenPipeError:
        # Nobody listens any more; closing must not complain about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
