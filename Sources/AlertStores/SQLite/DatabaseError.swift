// DatabaseError: why SQLite did not do it, and what to do about it.
import CSQLite
import Glibc

struct DatabaseError: Error, Hashable {
    enum Cause: Hashable {
        /// SQLite's extended result code and its words; `system` is the errno below, 0 for none.
        case sqlite(code: Int32, words: String, system: Int32)
        /// A call of the system's on the way to the file.
        case system(Int32)
        /// The name of a file system that several machines share.
        case network(String)
        /// It is another program's.
        case foreign
        /// A later clawtop has written it.
        case newer(version: Int64)
        /// The file is not where it was opened any more.
        case moved
        /// Something in it is not what this clawtop writes.
        case unreadable(String)
        /// Something that is to be written cannot be put into JSON.
        case unwritable(String)
        /// It was damaged, and now has this name.
        case setAside(as: String)
    }

    var path: String
    var cause: Cause
    /// Whether it may stand in the file nevertheless.
    var isUncertain = false

    init(_ path: String, _ cause: Cause) { (self.path, self.cause) = (path, cause) }

    /// The result code without SQLite's details.
    var code: Int32? { if case .sqlite(let code, _, _) = cause { code & 0xFF } else { nil } }

    var isCorruption: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }

    var storeError: StoreError {
        let losesAll =
            switch cause {
            case .setAside, .moved: true
            default: false
            }
        return StoreError(sentence, isUncertain: isUncertain, losesAll: losesAll)
    }

    private var sentence: String {
        switch cause {
        case .sqlite(let code, let words, let system):
            Self.sentence(path, code & 0xFF, words, system)
        case .system(ENOSPC), .system(EDQUOT): Self.sentence(path, SQLITE_FULL, "", 0)
        case .system(let code):
            "the alert store \(path) cannot be opened: \(Self.words(code)); give the user that "
                + "clawtop runs as the right to it, or name another file under `store:`"
        case .network(let name):
            "the alert store \(path) is on \(name), where SQLite cannot keep it safe; name a file "
                + "on a local disk under `store:`, or a Consul or etcd that the team shares"
        case .foreign:
            "\(path) belongs to another program; name a file of clawtop's own under `store:`"
        case .newer(let version):
            "the alert store \(path) was written by a newer clawtop (version \(version), this one "
                + "knows up to \(Schema.version)); use that one, or another file under `store:`"
        case .moved:
            "the alert store \(path) was moved or deleted while it was open; where no other file "
                + "was put in its place a new one is begun, which knows nothing of the "
                + "acknowledgements before"
        case .unreadable(let what):
            "the alert store \(path) holds \(what) that this clawtop cannot read; use the clawtop "
                + "that wrote it, or another file under `store:`"
        case .unwritable(let what): "the alert store \(path) cannot hold \(what) as it is"
        case .setAside(let name):
            "the alert store \(path) was damaged and is kept as \(name); a new one is begun, "
                + "which knows nothing of the acknowledgements before"
        }
    }

    private static func sentence(
        _ path: String, _ code: Int32, _ words: String, _ system: Int32
    ) -> String {
        let place = "the alert store \(path)"
        let reason = system == 0 ? words : "\(words) (\(Self.words(system)))"
        return switch code {
        case SQLITE_FULL:
            "the disk is full: \(place) is not written; make room, what was confirmed is kept"
        case SQLITE_BUSY, SQLITE_LOCKED:
            "\(place) is locked by another program; `fuser \(path)` tells which, end that one"
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            "\(place) can only be read: \(reason); give the user that clawtop runs as the right to "
                + "write to it and to its folder, or name another file under `store:`"
        case SQLITE_CANTOPEN:
            "\(place) cannot be opened: \(reason); clawtop needs the right to write to it and to its "
                + "folder, or another file under `store:`"
        case SQLITE_CORRUPT, SQLITE_NOTADB: "\(place) is damaged: \(reason)"
        case SQLITE_IOERR:
            "\(place) cannot be read or written: \(reason); look after the disk, or name another "
                + "file under `store:`"
        default: "\(place) cannot be used: \(reason)"
        }
    }

    private static func words(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
