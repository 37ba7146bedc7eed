// LoopbackCertificate: what a server on 127.0.0.1 shows, made by the `openssl` of this machine.
import Foundation

/// A certificate that is its own authority, and its key: PEM files that are gone with it.
package final class LoopbackCertificate: Sendable {
    package let file: String
    package let key: String
    private let folder: URL

    package init(days: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "certificate.pem").path
        key = folder.appending(path: "key.pem").path
        let ended = try run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "\(days)", "-subj", "/CN=clawtop test", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file,
            ])
        guard ended.code == 0 else { throw RealServer.NotStarted(description: ended.printed) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
