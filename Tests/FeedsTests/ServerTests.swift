import Events
import Network
import TestKit
import Testing

@testable import Feeds

struct ServerTests {
    @Test func `a server that repeats our token does not bring it into the error`() async {
        let body = Array("ACL not found for token hush-hush-42".utf8)
        let shelf = Shelf(["/v1/catalog/services": [HTTPAnswer(status: 403, body: body)]])
        let (_, error) = await run(on: shelf) { $0.token = Secret("hush-hush-42") }
        #expect(error?.description.contains("••••••") == true)
        #expect(error?.description.contains("hush-hush-42") == false)
    }

    @Test func `nor the password of an address`() async throws {
        let settings = FeedSettings(
            name: "zipkin", kind: .zipkin, worlds: [.traces], url: "http://me:s3cr3t@zipkin:9411")
        let shelf = Shelf(["/x": [HTTPAnswer(status: 401, body: Array("no s3cr3t here".utf8))]])
        let server = Server(settings, client: shelf, resolver: NoResolver())
        let answer = try await server.ask("/x")
        let error = #expect(throws: FeedError.self) { try server.json(answer, from: "/x") }
        #expect(error?.description.contains("s3cr3t") == false)
    }
}
