// DatabaseFile: the alert store's file on the disk: made, opened, and set aside where it is damaged.
import CSQLite
import Events
import Glibc

struct DatabaseFile {
    let path: String

    private var folder: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    }

    /// Opens it, after it was made or brought up to date; one that is damaged is set aside.
    func open(at now: Instant) throws(DatabaseError) -> Database {
        try makeFolder(folder)
        if let name = NetworkFileSystem.name(of: folder) {
            throw DatabaseError(path, .network(name))
        }
        return try locked { () throws(DatabaseError) in
            try makeFile()
            do throws(DatabaseError) {
                let database = try Database(path: path)
                try Schema.migrate(database)
                return database
            } catch {
                guard error.isCorruption else { throw error }
                throw DatabaseError(path, .setAside(as: try rename(at: now)))
            }
        }
    }

    /// Renames a file in which damage was found while it was open.
    ///
    /// - Returns: what to tell; another clawtop may have done it, and the file is a new one.
    func setAside(_ identity: FileIdentity?, at now: Instant) -> DatabaseError {
        do throws(DatabaseError) {
            return try locked { () throws(DatabaseError) in
                guard FileIdentity(path: path) == identity else {
                    return DatabaseError(path, .moved)
                }
                return DatabaseError(path, .setAside(as: try rename(at: now)))
            }
        } catch {
            return error
        }
    }

    private func makeFolder(_ folder: String) throws(DatabaseError) {
        var walked = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            walked += (walked.isEmpty || walked == "/" ? "" : "/") + part
            guard mkdir(walked, 0o700) != 0, errno != EEXIST else { continue }
            let code = errno
            if FileIdentity(path: walked) == nil { throw DatabaseError(path, .system(code)) }
        }
    }

    /// Only its owner reads it, and the files that SQLite lays beside it.
    private func makeFile() throws(DatabaseError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw DatabaseError(path, .system(errno))
        }
    }

    /// Keeps other clawtops from making, or renaming, the same file meanwhile.
    private func locked<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DatabaseError(path, .system(errno)) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw DatabaseError(path, .system(errno)) }
        }
        return try body()
    }

    private func rename(at now: Instant) throws(DatabaseError) -> String {
        let stem = "\(path).corrupt-\(now.stamp)"
        var name = stem
        var number = 2
        while FileIdentity(path: name) != nil {
            name = "\(stem)-\(number)"
            number += 1
        }
        guard Glibc.rename(path, name) == 0 else { throw DatabaseError(path, .system(errno)) }
        for part in ["-wal", "-shm"] { _ = Glibc.rename(path + part, name + part) }
        return name
    }
}

extension Instant {
    /// As in `2026-11-24T21:40:00Z`.
    fileprivate var stamp: String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "\(milliseconds)" }
        var text = [CChar](repeating: 0, count: 64)
        let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
