// DoctorTests: what `clawtop doctor` says of a server behind TLS.
import Foundation
import TestKit
import Testing

@Suite(.enabled(if: EtcdServer.isWanted, "etcd is not on the PATH"))
struct DoctorTests {
    @Test(arguments: [(days: 90, code: Int32(0), mark: "ok"), (days: 9, code: 1, mark: "WARN")])
    func `the doctor says how long a server's certificate holds`(
        days: Int, code: Int32, mark: String
    ) async throws {
        let certificate = try LoopbackCertificate(days: days)
        let etcd = try await EtcdServer(certificate: certificate)
        let ended = try doctor(etcd, authority: certificate.file)
        #expect(ended.code == code, "\(ended.printed)")
        #expect(ended.printed.hasPrefix(mark), "\(ended.printed)")
        let words = /etcd\/registry at https:.*; its certificate holds until 20..-..-.., (\d+) days/
        let found = try #require(ended.printed.firstMatch(of: words), "\(ended.printed)")
        #expect(found.1 == "\(days - 1)")
    }

    @Test func `a certificate that nobody vouches for is said`() async throws {
        let etcd = try await EtcdServer(certificate: try LoopbackCertificate(days: 90))
        let ended = try doctor(etcd, authority: try LoopbackCertificate(days: 90).file)
        #expect(ended.code == 3)
        #expect(ended.printed.contains("failed the TLS handshake"), "\(ended.printed)")
    }

    private func doctor(_ etcd: EtcdServer, authority: String) throws -> Ended {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "feeds: {registry: [{etcd: \"\(etcd.url)\", ca: \"\(authority)\"}]}", to: "clawtop.yaml"
        )
        return try run(builtProgram, ["doctor", "--config", file])
    }
}
