"""Every sentence that a verification can say."""

from enum import StrEnum


class Finding(StrEnum):
    """Every sentence a verification can say, as a template in English with named values.

    Reports are kept with their templates, so a sentence that was ever said stays as it is; another is a new one.
    """

    SEALED_BY = "The seal is that of %(signer)s."
    ENTIRE_FILE = "It covers the entire file, and no byte has changed since it was sealed."
    SEALED_AT = "It was sealed on %(signed_at)s, as attested by %(authority)s."
    SEALED_NOT_LATER = (
        "It was sealed not later than %(signed_at)s, as attested by %(authority)s; "
        "by the signer’s own clock, on %(claimed)s."
    )
    ARCHIVED_AT = "An archive timestamp of %(timestamped_at)s keeps the seal checkable for years to come."
    ARCHIVE_OVER = (
        "The certificate of the last archive timestamp has ended, so the file alone no longer proves that it was "
        "sealed in time. Ask whoever published it for a copy with a newer one."
    )
    OLDER_ARCHIVE = (
        "There is a copy of this paper with a newer archive timestamp. Both are genuine; the newer one can be "
        "checked for longer."
    )
    NO_ARCHIVE = (
        "The seal has no archive timestamp over it yet, so the file cannot be checked to its last byte."
    )
    SIGNED_BY = "%(name)s signed it for %(organisation)s on %(signed_at)s, with a key of their own."
    SIGNED_BY_KEPT_KEY = (
        "%(name)s signed it for %(organisation)s: by their account on %(agreed_at)s, as the seal attests, and on "
        "%(signed_at)s by a key in their name that the service keeps for them."
    )
    SIGNED_NOT_LATER = (
        "%(name)s signed it for %(organisation)s: by their account on %(agreed_at)s, as the seal attests, and not "
        "later than %(signed_at)s by a key in their name that the service keeps for them."
    )
    SIGNED_BY_ACCOUNT = (
        "The seal attests that %(name)s signed it for %(organisation)s by their account on %(signed_at)s; the file "
        "carries no key of theirs."
    )
    APPROVED_BY = (
        "The seal attests that %(name)s approved it by their account on %(approved_at)s. "
        "Nobody signed it beside the facility."
    )
    DATA_MATCH = "The data inside the file have the digest %(digest)s, the one that the file names."
    WITHDRAWN = "The facility has withdrawn this edition: it no longer stands, although its seal is intact."
    DEMO = (
        "The seal is that of the demonstration. It shows how checking works "
        "and proves nothing outside the demo."
    )
    DEMO_STAMP = (
        "The seal is not that of the demonstration, but a timestamp on the file is, "
        "so nothing outside the demo attests when it was sealed."
    )
    NOT_PDF = "This is not a PDF file that can be read, so nothing can be said about it."
    TOO_LONG = "The file could not be checked within the time and memory that a check may take."
    NOT_SIGNED = "This PDF carries no seal. Anyone could have made or changed it."
    NOT_OURS = "The file is signed, but holds no agenda: it is not an edition of an advocacy agenda."
    CHANGED = "The sealed part of the file has been changed since it was sealed."
    ADDED = "Something was added to the file after it was sealed."
    TRAILING = "The seal does not cover the entire file: bytes were added behind it."
    PAGES_CHANGED = "Pages were changed, added, hidden or moved after the file was sealed."
    LAID_ON = "Notes, fields or actions were laid on the pages after the file was sealed."
    SEAL_REMOVED = "The file was sealed once, and the seal was taken off."
    SIGNATURE_REMOVED = "A signatory’s signature was taken off the file after it was sealed."
    SIGNATURE_MISSING = (
        "The signature of %(name)s is missing, although the sealed paper says that it is there."
    )
    SIGNATURE_UNNAMED = "Somebody signed the file whom the sealed paper does not name as a signatory."
    SIGNATURE_MISPLACED = (
        "The signature of %(name)s does not stand between the seal and the archive timestamp, as it has to."
    )
    SIGNATURE_OTHER_KEY = (
        "What stands for the signature of %(name)s was made with another key than the sealed paper names."
    )
    SIGNATURE_FOREIGN = (
        "The signature of %(name)s is intact, but its certificate leads to none of the trusted roots."
    )
    SIGNATURE_UNTIMED = (
        "The signature of %(name)s is intact, but no authority attests when it was made, so nothing tells whether its "
        "certificate was valid then."
    )
    SIGNATURE_INVALID = "The signature of %(name)s does not hold, or its key was not valid when it was made."
    FOREIGN_ROOT = (
        "The seal is intact, but it was made by “%(signer)s”, "
        "whose certificate leads to none of the trusted roots."
    )
    FOREIGN_STAMP = (
        "The seal is intact and its certificate leads to a trusted root, but none of the trusted roots answers for "
        "the timestamp that “%(authority)s” laid over the file. Perhaps somebody had it laid there later, "
        "or the root of that authority is missing among the trusted ones."
    )
    SEAL_UNTOLD = (
        "The seal is intact and its certificate, that of “%(signer)s”, leads to a trusted root. But the file does not "
        "tell whether that certificate was revoked when the seal was made: what its issuer said is missing or too old."
    )
    STAMP_UNTOLD = (
        "The seal is intact and its certificate leads to a trusted root. But the file does not tell whether the "
        "certificate of the timestamp authority “%(authority)s” was revoked when it attested the time: "
        "what its issuer said is missing or too old."
    )
    STAMP_REVOKED = (
        "The certificate of the timestamp authority “%(authority)s” was revoked before the time it attests."
    )
    SIGNATURE_UNTOLD = (
        "The signature of %(name)s is intact and its certificate leads to a trusted root. But the file does not tell "
        "whether that certificate was revoked when they signed: what its issuer said is missing or too old."
    )
    FOREIGN_SIGNER = (
        "The seal is intact and its certificate leads to a trusted root, but it is that of “%(signer)s”, "
        "not of the facility whose papers are checked here."
    )
    SIGNER_EXPECTED = "“%(signer)s” is among those whose seals are expected here."
    SIGNER_OPEN = "Whether “%(signer)s” is who you expect, you have to judge."
    SIGNER_UNTOLD = (
        "That name is what the certificate says, and another certificate under the same root can say the same: whom "
        "you expect, nobody but you can tell. Tell it with --signer, by name or by fingerprint; the seal of anybody "
        "else is then unknown."
    )
    SIGNER_NAMED = (
        "Its certificate bears the name “%(signer)s”, which is expected here. Another certificate under the same roots "
        "can bear it, too, so whether it is theirs is not proven: compare its SHA-256 fingerprint, %(fingerprint)s, "
        "with the one that they publish."
    )
    SIGNER_OTHER_CERTIFICATE = (
        "Whatever name it bears, its certificate is none of those that are expected: its SHA-256 fingerprint is "
        "%(fingerprint)s."
    )
    SEAL_NOT_FOR_SIGNING = (
        "The seal is intact and its certificate leads to a trusted root, but that certificate, of “%(signer)s”, was "
        "not issued for signatures or seals, so it proves no seal."
    )
    SIGNATURE_NOT_FOR_SIGNING = (
        "The signature of %(name)s is intact, but the certificate of its key was not issued for signatures."
    )
    SIGNATURE_SAYS_OTHERWISE = (
        "A signature in the file says more of who signed, or another name, than the sealed paper does."
    )
    REVOKED = "The certificate behind the seal was not valid when the seal was made."
    STAMP_BROKEN = "The timestamp that says when the file was sealed does not hold."
    SEAL_RETIMED = (
        "The timestamp inside the seal says %(attested)s, and the seal itself %(claimed)s: "
        "the timestamp was exchanged later, or the clock of whoever sealed was wrong."
    )
    SIGNATURE_RETIMED = (
        "The timestamp inside the signature of %(name)s says %(attested)s, and the signature itself %(claimed)s: "
        "the timestamp was exchanged later, or the clock of whoever signed was wrong."
    )
    DATA_DIFFER = "The data inside the file are not those whose digest the file names."
    HIDDEN = "Something was hidden in the file after it was sealed: nothing that is shown leads to it."
    ALTERED = "Something in the file was replaced after it was sealed, where no page shows it."
    FORM_CHANGED = "The fields that hold its seal and signatures were changed after the file was sealed."
    FORMAT_CHANGED = "What the file says of its own format was changed after it was sealed."
    STAMP_MISNAMED = (
        "A timestamp was laid over the file in a field that is none of the facility’s. "
        "Viewers may show the name of that field, which nobody sealed."
    )
    CHECK_DATA_CHANGED = (
        "The data to check the seal were taken out of the file after it was sealed, "
        "or something else was put among them."
    )
    DATA_EXCHANGED = "The data inside the file were exchanged after it was sealed."
    METADATA_CHANGED = "What the file says of itself, such as its title, was changed after it was sealed."
    RENEWED_ELSEWHERE = (
        "A paper that somebody else renewed with another tool can look like this, and so can one that was changed on "
        "purpose. Ask whoever published it for their own copy."
    )
    LINKS_CHANGED = "Links in the file lead elsewhere than when it was sealed."
    HEARD_CHANGED = (
        "What is read aloud to those who do not see the pages was changed after the file was sealed."
    )
    UNREADABLE = "The file is damaged, or was made to mislead: its seal cannot be read."
    ENTRY = "Entry %(number)s of the record, of %(at)s, says “%(event)s”."
    POSITION = (
        "The organisation %(organisation_id)s said “%(stance)s” of the text with the digest %(digest)s."
    )
    WORDS = "The words are exactly these: “%(words)s”, as the entry commits to them under “%(field)s”."
    INCLUDED = (
        "The entry stands in the record as it was when %(size)s entries were signed: "
        "it was not changed, moved or left out."
    )
    RECEIPTS = (
        "Each of the %(count)s entries in the file stands in the record as it was when %(size)s entries were signed: "
        "none was changed, moved or left out."
    )
    CONSISTENT = (
        "The record of %(second)s entries begins with exactly the %(first)s that were there before: "
        "none was changed, moved or left out."
    )
    ENTRIES = "The file holds %(count)s entries, each in its place."
    COVERED = (
        "%(count)s checkpoints agree with them, up to entry %(size)s: none was changed, moved or left out."
    )
    UNCOVERED = "The last %(count)s entries lie under no checkpoint yet, so nothing is proven of them."
    SIGNED_NOTE = "The checkpoint of %(at)s is signed by %(signer)s, with a key that is trusted here."
    KEY_UNKNOWN = (
        "The checkpoint of %(at)s is signed in the name of %(signer)s, with a key that is not among those trusted "
        "here. Compare %(key)s with the one that %(signer)s publishes."
    )
    UNSIGNED_NOTE = "The checkpoint is not signed, so anyone could have made this file."
    NO_CHECKPOINT = "There is no checkpoint, so anyone could have made this file."
    NO_RECORD_FILE = "This is no file of a record that can be read, so nothing can be said about it."
    RECORD_DAMAGED = "The file is damaged, or was made to mislead: it is not as files of a record are."
    NOT_INCLUDED = "The entry does not stand in that place of the record that was signed."
    WORDS_DIFFER = "The words in the file are not those that the entry commits to."
    NOT_CONSISTENT = "The newer record does not begin with the older one: something was changed or left out."
    OUT_OF_PLACE = "Entry %(number)s is missing, or stands in another place."
    OTHER_RECORD = (
        "The record is not the one that was signed with %(size)s entries on %(at)s: "
        "something before that was changed, moved or left out."
    )
    SIGNATURE_BROKEN = "The signature under the checkpoint does not belong to it: one of both was changed."
    PUBLISHED_FILE = (
        "It is, byte for byte, the file that was published here as edition %(number)s on %(released_at)s."
    )
    SAME_DATA = (
        "It is not byte for byte the file that is published here, "
        "but the data inside are exactly those of edition %(number)s."
    )
    NOT_PUBLISHED = (
        "No edition with these data was published here, so nothing can be said here of what became of it."
    )
    FILE_OFFLINE = (
        "Whether it is exactly the file that was published cannot be known offline. "
        "Its SHA-256 is %(file_digest)s: compare it with the one that is published."
    )
    STANDS = "As of %(at)s, it is the newest edition that is published here, and it has not been withdrawn."
    STANDS_AGAIN = (
        "Edition %(number)s had taken its place and was withdrawn since, so as of %(at)s it is again the newest one "
        "that is published here."
    )
    SUPERSEDED = (
        "Edition %(number)s, published on %(released_at)s, has taken its place. "
        "This one stays as it was published, with all that its seal proves."
    )
    STANDING_OFFLINE = "Whether it was withdrawn or superseded since cannot be known offline."
    ASK_AT = "Both can be asked at %(address)s."
    ASK_AT_NAMED = (
        "Both can be asked at an address that the paper itself names, %(address)s: "
        "go there only if you know it, since whoever made the paper chose it."
    )
    CERTIFICATE = (
        "The certificate of the seal was issued by “%(issuer)s”, valid from %(begins)s until %(ends)s, "
        "and was not revoked when the seal was made."
    )
    CERTIFICATE_TOLD_AFTER = (
        "The certificate of the seal was issued by “%(issuer)s”, valid from %(begins)s until %(ends)s, and was not "
        "revoked when the seal was made, by what its issuer said of revocations on %(told_at)s, after the seal."
    )
    CERTIFICATE_TOLD_BEFORE = (
        "The certificate of the seal was issued by “%(issuer)s”, valid from %(begins)s until %(ends)s, and was not "
        "revoked by what its issuer said of revocations on %(told_at)s, before the seal was made."
    )
    CERTIFICATE_UNTOLD_SINCE = (
        "Whether it was revoked after %(told_at)s, and before the seal was made, the file does not tell."
    )
    NOT_THE_TRUTH = (
        "A seal tells who published these words, and when. It does not tell that what they say is right."
    )
    CLOCK = "Without that authority, the time would be only what the signer’s own clock said."
    CLOCK_SAME_ROOT = (
        "The certificates of seal and timestamp authority lead to the same root, "
        "so the time is only as independent of the signer as that root is."
    )
    LEVEL_B = (
        "The seal has the form PAdES B-B: a signature alone. "
        "Its time is the signer’s own word, and it can be checked only while its certificate is valid."
    )
    LEVEL_T = (
        "The seal has the form PAdES B-T: a signature with an attested time. "
        "The data to check it later are not inside the file."
    )
    LEVEL_LT = (
        "The seal has the form PAdES B-LT: a signature with an attested time and the data to check it. "
        "Nothing keeps those data for the time after their certificates."
    )
    LEVEL_LTA = (
        "The seal has the form PAdES B-LTA: a signature, an attested time, the data to check both, and an archive "
        "timestamp over all of them. So it can be checked when its certificates have long expired."
    )
    LASTS = (
        "The newest archive timestamp can be checked until %(until)s. "
        "Before that day, another one has to be laid over it."
    )
    LASTS_UNLESS_REVOKED = (
        "Whether the certificate of “%(authority)s”, which laid the newest archive timestamp over the file, was "
        "revoked since %(since)s cannot be known offline."
    )
    ROOT_SET = (
        "The certificates lead to the root “%(root)s” with the SHA-256 fingerprint %(fingerprint)s, "
        "which the settings here trust."
    )
    ROOT_GIVEN = (
        "The certificates lead to the root “%(root)s” with the SHA-256 fingerprint %(fingerprint)s, "
        "which was given for this check."
    )
    CLOCK_ROOT = (
        "The certificate of the timestamp authority leads to another root, “%(root)s” "
        "with the SHA-256 fingerprint %(fingerprint)s, which is trusted, too."
    )
    ROOT_OF_SIGNATORIES = (
        "The certificates of signatories lead to another root, “%(root)s” "
        "with the SHA-256 fingerprint %(fingerprint)s, which is trusted, too."
    )
    ROOT_NEEDED = (
        "The root “%(root)s” with the SHA-256 fingerprint %(fingerprint)s would have to be trusted for that. "
        "Its name is the file’s own word: trust it only if those who publish such papers name that fingerprint."
    )
    ROOT_FOR_STAMPS = (
        "The root “%(root)s” with the SHA-256 fingerprint %(fingerprint)s is trusted here for timestamps only: "
        "no seal and no signature rests on it."
    )
    ROOT_FOR_SIGNERS = (
        "The root “%(root)s” with the SHA-256 fingerprint %(fingerprint)s is trusted here for seals and signatures "
        "only: no timestamp rests on it."
    )
    ROOT_DEMO = (
        "The certificates lead to the demonstration’s own root, “%(root)s”, "
        "with the SHA-256 fingerprint %(fingerprint)s."
    )
    STAMP = "Archive timestamp %(number)s was laid over the file on %(at)s by “%(authority)s”."
    LATER_DATA = (
        "Data to check the seal came after it, before the archive timestamp of %(at)s: "
        "certificates (%(certificates)s) and answers on revocation (%(answers)s)."
    )
    NOTHING_ELSE = "Nothing else was added or changed after the seal: what is shown is what was sealed."
    TEXTS_BOUND = (
        "Positions bound to exactly the texts printed here: %(positions)s. The digest of every text "
        "(%(texts)s) was computed anew, and is the one that its positions name."
    )
    TEXT_DIFFERS = (
        "The text of recommendation %(number)s is not the one that its positions are bound to: "
        "its digest is %(computed)s, and they name %(named)s."
    )
    DATA_UNREAD = (
        "The data inside have a form that is not known here, "
        "so the positions could not be compared with the texts."
    )
    RECORD_NAMED = (
        "The paper names the record as it was with %(size)s entries, under the root %(root)s. "
        "Whether the record still begins with them, the file alone cannot show."
    )
    RECORD_AGREES = (
        "The record here still begins with the %(size)s entries that the paper names, under the same root: "
        "none was changed, moved or left out."
    )
    RECORD_DIFFERS = (
        "The record here does not begin with the %(size)s entries that the paper names: "
        "something was changed, moved or left out."
    )
    NO_PROOFS = "The file holds no proofs from the record."
    PROOFS_HOLD = (
        "Proofs from the record that are attached: %(count)s. All of them hold: "
        "each entry stands in the record where its proof says."
    )
    PROOFS_HOLD_OF_MANY = (
        "Entries of the record that the attached proofs (%(count)s) tell of: %(entries)s. All of them hold: "
        "each entry stands in the record where its proof says."
    )
    PROOFS_FAIL = "Of %(count)s attached proofs from the record, %(failed)s do not hold."
    POSITIONS_PROVEN = (
        "Positions that are proven by attached entries of the record: all %(count)s. "
        "Each names the same organisation, the same stance and the same text."
    )
    POSITIONS_PARTLY = (
        "Positions that are proven by attached entries of the record: %(proven)s of %(count)s. "
        "Of the others, the file says what they are, and does not prove it by itself."
    )
    REPRODUCIBLE = (
        "That the pages show exactly the data inside is not checked here. The command “sympolity reproduce” "
        "makes the paper again from these data, and compares it byte by byte."
    )
