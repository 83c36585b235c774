import subprocess
import sys

import pytest


@pytest.mark.parametrize(("arguments", "code"), [(("--help",), 0), (("detect",), 2), (("no-such-command",), 2)])
def test_the_process_ends_with_the_code_of_the_command(arguments: tuple[str, ...], code: int) -> None:
    ended = subprocess.run([sys.executable, "-m", "weijian", *arguments], capture_output=True, check=False)
    assert ended.returncode == code
    assert bool(ended.stdout) == (code == 0)
    assert bool(ended.stderr) == (code == 2)


def test_what_was_said_arrives_whole_through_a_pipe() -> None:
    long = "import sys; from weijian import cli, __main__; cli.app = lambda **_: print('x' * 300000); __main__.run()"
    assert (
        subprocess.run([sys.executable, "-c", long], capture_output=True, check=False).stdout.strip() == b"x" * 300000
    )


def test_a_fault_of_ours_is_not_hushed_up() -> None:
    broken = "from weijian import cli, __main__\ndef app(**_): raise ValueError('ours')\ncli.app = app\n__main__.run()"
    ended = subprocess.run([sys.executable, "-c", broken], capture_output=True, check=False)
    assert ended.returncode == 1
    assert b"ValueError: ours" in ended.stderr
