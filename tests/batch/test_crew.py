"""How a fork that makes a report tells that it lives."""

from kvalitetslib.batch.crew import beats


def test_a_sign_of_life_is_given_when_it_is_time():
    said: list[object] = []
    beat = beats(said.append, every=0.0)
    beat()
    assert said == [None]


def test_no_sign_of_life_is_given_before_it_is_time():
    said: list[object] = []
    beat = beats(said.append, every=3600.0)
    beat()
    assert said == []
