"""``kvalitet`` and ``python -m kvalitetslib``: the environment first, then the commands."""

import os


def main() -> None:
    """Run a command. Each process counts on one thread, as the reports share the cores."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Only now: numpy reads the number of threads when it is imported.
    from kvalitetslib.cli import main as commands

    commands()


if __name__ == "__main__":
    main()
