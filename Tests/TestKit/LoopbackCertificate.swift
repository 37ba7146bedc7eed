// LoopbackCertificate: what a server on 127.0.0.1 shows, made by the `openssl` of this machine.
/// A certificate that is its own authority, and its key: PEM files that are gone with it.
package final class LoopbackCertificate: Sendable {
    package let file: String
    package let key: String
    private let folder: TemporaryFolder

    package init(days: Int) throws {
        folder = try TemporaryFolder()
        (file, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
        let ended = try run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "\(days)", "-subj", "/CN=clawtop test", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file,
            ])
        guard ended.code == 0 else { throw RealServer.NotStarted(description: ended.printed) }
    }
}
