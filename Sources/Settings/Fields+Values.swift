// Fields+Values: durations, flags, secrets, paths and addresses, and how each is to be written.
import Events
import Wording

extension Fields {
    /// Where the value under `key` stands; where it is missing, the mapping.
    func place(of key: String) -> Place { self[key]?.place ?? place }

    /// A complaint about the value under `key`.
    func error(_ key: String, _ message: String) -> DocumentError {
        DocumentError(file, place(of: key), message)
    }

    func duration(_ key: String) throws(DocumentError) -> Duration? {
        guard let text = try string(key) else { return nil }
        guard let duration = Duration(prometheus: text), duration > .zero else {
            throw error(key, "\"\(key)\" is a duration, as in 500ms, 10s, 15m or 1h30m")
        }
        return duration
    }

    func flag(_ key: String) throws(DocumentError) -> Bool? {
        switch try string(key) {
        case nil: nil
        case "false": false
        case "true": true
        default: throw error(key, "\"\(key)\" is true or false")
        }
    }

    func secret(
        _ key: String, _ resolve: ConfigurationReader.Resolve
    ) throws(DocumentError) -> Secret? {
        guard let text = try string(key) else { return nil }
        guard let reference = SecretReference(text) else {
            throw error(
                key,
                "\"\(key)\" must be a reference, never the secret: env:NAME, file:PATH or exec:COMMAND"
            )
        }
        do {
            return try resolve(reference)
        } catch {
            throw self.error(key, error.message)
        }
    }

    /// A file's path; `file:` in front of it is allowed.
    func path(_ key: String) throws(DocumentError) -> String? {
        try string(key).map { $0.hasPrefix("file:") ? String($0.dropFirst(5)) : $0 }
    }

    /// A server's address, without a user or password.
    func address(_ key: String) throws(DocumentError) -> String {
        let url = try required(key)
        do {
            try checkAddress(url)
        } catch {
            throw self.error(key, error.message)
        }
        let authority = url.split(separator: "/").dropFirst().first ?? ""
        guard !authority.contains("@") else {
            throw error(
                key,
                "no user or password in an address; write `user:` and `password: env:NAME`")
        }
        return url
    }
}
