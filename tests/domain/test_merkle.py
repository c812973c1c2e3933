import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import merkle
from service.domain.merkle import EMPTY, Frontier, Place, is_consistent, is_included, leaf_hash

# The eight leaves, the roots of the trees over the first of them, and the proofs of Certificate Transparency's own
# test vectors (RFC 6962 names the tree; its authors published these with the first implementation).
LEAVES = tuple(
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSIONS = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENCIES = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
SIZES = st.integers(1, 70)


def hashes(size: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(size)]


def naive(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962 defines it, by recursion."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return merkle.node_hash(naive(leaves[:middle]), naive(leaves[middle:]))


def grown(leaves: list[bytes]) -> tuple[Frontier, dict[Place, bytes]]:
    """Append leaf after leaf, and gather the subtrees that each completes."""
    tree, known = Frontier(), dict[Place, bytes]()
    for number, leaf in enumerate(leaves):
        tree, completed = tree.append(leaf)
        known.update({(level, number >> level): hash_ for level, hash_ in enumerate(completed)})
    return tree, known


def flipped(hash_: bytes) -> bytes:
    return bytes([hash_[0] ^ 1]) + hash_[1:]


def test_the_roots_are_those_of_the_published_vectors() -> None:
    leaves = [leaf_hash(one) for one in LEAVES]
    assert [Frontier().extend(leaves[:n]).root.hex() for n in range(1, 9)] == list(ROOTS)
    assert Frontier().root == EMPTY == hashlib.sha256().digest()


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_proofs_of_inclusion_are_those_of_the_published_vectors(index: int, size: int) -> None:
    leaves = [leaf_hash(one) for one in LEAVES]
    path = merkle.proof(merkle.inclusion(index, size), grown(leaves)[1])
    assert tuple(hash_.hex() for hash_ in path) == INCLUSIONS[index, size]
    assert is_included(leaves[index], index, size, path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second"), CONSISTENCIES)
def test_proofs_of_consistency_are_those_of_the_published_vectors(first: int, second: int) -> None:
    path = merkle.proof(merkle.consistency(first, second), grown([leaf_hash(one) for one in LEAVES])[1])
    assert tuple(hash_.hex() for hash_ in path) == CONSISTENCIES[first, second]
    roots = (bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1]))
    assert is_consistent(first, second, roots, path)


@given(SIZES)
def test_a_tree_that_grows_has_the_root_of_the_definition(size: int) -> None:
    leaves = hashes(size)
    assert grown(leaves)[0] == Frontier().extend(leaves) == Frontier().extend(leaves[:5]).extend(leaves[5:])
    assert grown(leaves)[0].root == naive(leaves)


@given(st.data(), SIZES)
def test_every_leaf_is_proven_and_no_other_in_its_place(data: st.DataObject, size: int) -> None:
    leaves = hashes(size)
    index, other = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    tree, known = grown([*leaves, *hashes(3)])
    root = Frontier().extend(leaves).root
    path = merkle.proof(merkle.inclusion(index, size), known)
    assert is_included(leaves[index], index, size, path, root)
    assert is_included(leaves[other], other, size, path, root) is (index == other)
    assert not is_included(flipped(leaves[index]), index, size, path, root)
    assert not is_included(leaves[index], index, size, path, flipped(root))
    assert not is_included(leaves[index], index, size, (*path, root), root)
    assert not path or not is_included(leaves[index], index, size, path[:-1], root)
    assert tree.size == size + 3


@given(st.data(), SIZES)
def test_every_beginning_is_proven_and_nothing_else(data: st.DataObject, second: int) -> None:
    leaves = hashes(second)
    first = data.draw(st.integers(1, second))
    roots = (Frontier().extend(leaves[:first]).root, Frontier().extend(leaves).root)
    path = merkle.proof(merkle.consistency(first, second), grown(leaves)[1])
    assert is_consistent(first, second, roots, path)
    assert not is_consistent(first, second, (flipped(roots[0]), roots[1]), path)
    assert not is_consistent(first, second, (roots[0], flipped(roots[1])), path)
    assert not is_consistent(first, second, roots, (*path, roots[0]))
    assert not path or not is_consistent(first, second, roots, path[:-1])
    assert not path or not is_consistent(first, second, roots, (flipped(path[0]), *path[1:]))


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_a_leaf_beyond_the_tree_is_not_in_it(index: int, size: int) -> None:
    leaves = hashes(4)
    path = merkle.proof(merkle.inclusion(0, 4), grown(leaves)[1])
    assert not is_included(leaves[0], index, size, path, naive(leaves))


@pytest.mark.parametrize(("first", "second"), [(0, 4), (5, 4)])
def test_no_tree_begins_with_an_empty_or_a_longer_one(first: int, second: int) -> None:
    path = merkle.proof(merkle.consistency(2, 4), grown(hashes(4))[1])
    assert not is_consistent(first, second, (EMPTY, naive(hashes(4))), path)


def test_the_leaf_that_completes_a_subtree_is_told() -> None:
    assert [merkle.completed_by(place) for place in ((0, 0), (0, 6), (1, 0), (2, 1), (3, 0))] == [
        1,
        7,
        2,
        8,
        8,
    ]


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_a_tree_at_hand_gives_the_proofs_of_any_of_its_beginnings(size: int) -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    tree = merkle.Tree(hashes)
    root = bytes.fromhex(ROOTS[size - 1])
    for index in range(size):
        assert is_included(hashes[index], index, size, tree.inclusion(index, size), root)
