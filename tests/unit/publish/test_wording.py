import doctest

from weijian.publish import wording


def test_examples_in_the_text_hold():
    failed, tried = doctest.testmod(wording)
    assert (failed, tried > 0) == (0, True)
