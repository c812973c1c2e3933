import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound

from service.store import files
from tests.houses import House


def test_a_file_is_found_by_its_digest(house: House) -> None:
    content = bytes(range(256))
    with house.database.writing() as connection:
        digest = files.keep(connection, content, "application/pdf")
        assert digest == hashlib.sha256(content).hexdigest()
        assert files.content_of(connection, digest) == content


def test_the_same_file_is_kept_once(house: House) -> None:
    with house.database.writing() as connection:
        assert files.keep(connection, b"x", "text/plain") == files.keep(connection, b"x", "text/plain")
        assert connection.execute(text("SELECT count(*) FROM files")).scalar_one() == 1


def test_a_file_that_was_never_kept_is_not_found(house: House) -> None:
    with house.database.reading() as connection, pytest.raises(NoResultFound):
        files.content_of(connection, "0" * 64)
