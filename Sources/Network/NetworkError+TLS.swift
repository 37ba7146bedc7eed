// NetworkError+TLS: what went wrong with certificates and handshakes, in plain words.

extension NetworkError {
    /// `code` is curl's; its texts are OpenSSL's, and differ from version to version.
    static func ofTLS(_ code: Int, _ message: String, _ request: HTTPRequest) -> Self {
        switch code {
        case 58: .tls("the certificate \(request.tls.certificate ?? "") or its key cannot be used")
        case 77: .tls("the authorities in \(request.tls.authority ?? "the system") cannot be read")
        case 60: .tls(certificate(message))
        case 35 where speaksNoTLS(message): .unreachable("speaks no TLS on this port")
        default: .tls(alert(message))
        }
    }

    /// What the other side said before it closed the connection.
    static func alert(_ message: String) -> String {
        let meanings = [
            ("certificate required", "it wants a client certificate"),
            ("alert handshake failure", "it agreed to nothing; it may want a client certificate"),
            ("alert unknown ca", "it does not know the authority of the client certificate"),
            ("alert bad certificate", "it does not accept the client certificate"),
            ("alert certificate expired", "the client certificate has expired"),
        ]
        return meanings.first { message.contains($0.0) }?.1 ?? tidy(message)
    }

    private static func speaksNoTLS(_ message: String) -> Bool {
        let signs = ["wrong version number", "packet length too long", "http request"]
        return signs.contains { message.contains($0) }
    }

    private static func certificate(_ message: String) -> String {
        let meanings = [
            ("expired", "its certificate has expired"),
            ("not yet valid", "its certificate is not valid yet"),
            ("self-signed", "its certificate is self-signed; name its authority"),
            ("self signed", "its certificate is self-signed; name its authority"),
            ("unable to get local issuer", "its certificate's authority is not known"),
            ("does not match", "its certificate is for another name"),
            ("no alternative certificate subject name", "its certificate is for another name"),
        ]
        let meaning = meanings.first { message.contains($0.0) }
        return meaning?.1 ?? tidy(message)
    }

    /// Only the last part of `error:0A000086:SSL routines::certificate verify failed`.
    private static func tidy(_ message: String) -> String {
        let last = message.split(separator: "::").last ?? ""
        let words = last.split(separator: ": ").last ?? last
        return words.isEmpty ? "no reason is given" : String(words)
    }
}
