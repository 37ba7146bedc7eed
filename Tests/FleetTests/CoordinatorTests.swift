import Network
import Synchronization
import Testing

@testable import Fleet

struct CoordinatorTests {
    @Test func `answers have the shapes that were recorded`() async throws {
        let coordinator = Coordinator(period: .seconds(600)) { call in
            .init(status: call.url.contains("stubborn") ? 409 : 200)
        }
        let start = await coordinator.answer(.init("POST", "/lra-coordinator/start?ClientID=a"))
        try Recorded("lra-1.0.1/start_201").expectSameShape(as: start)
        let id = try #require(start.header("Location")?.split(separator: "/").last)
        for (name, method, path) in [
            ("get_active", "GET", "\(id)"), ("status_text", "GET", "\(id)/status"),
            ("join_200", "PUT", "\(id)"), ("renew_200", "PUT", "\(id)/renew?TimeLimit=90000"),
            ("get_404", "GET", "nothing"), ("join_404", "PUT", "nothing"),
            ("list_status_bad", "GET", "?Status=Broken"), ("close_200", "PUT", "\(id)/close"),
        ] {
            let link = ["link": "<http://a/compensate>; rel=\"compensate\""]
            let request = HTTPServer.Request(method, "/lra-coordinator/\(path)", headers: link)
            try Recorded("lra-1.0.1/\(name)").expectSameShape(as: await coordinator.answer(request))
        }
        let stuck = await started(coordinator, "http://stubborn")
        _ = await text(coordinator, "PUT", "\(stuck)/cancel")
        let list = await coordinator.answer(.init("GET", "/lra-coordinator?Status=Cancelling"))
        try Recorded("lra-1.0.1/list_status_Cancelling").expectSameShape(as: list)
        let late = await coordinator.answer(.init("PUT", "/lra-coordinator/\(stuck)"))
        try Recorded("lra-1.0.1/join_412_cancelling").expectSameShape(as: late)
    }

    @Test func `a saga that has ended is gone`() async throws {
        let calls = Calls()
        let coordinator = Coordinator(period: .seconds(600)) { await calls.note($0) }
        let id = await started(coordinator, "http://order", "http://payment")
        #expect(await text(coordinator, "PUT", "\(id)/cancel") == "Cancelled")
        #expect(await calls.urls == ["http://payment/compensate", "http://order/compensate"])
        #expect(await status(coordinator, "GET", id) == 404)
        #expect(await text(coordinator, "GET", "") == "[]")
    }

    @Test func `a failed compensation is tried again, and its saga listed twice`() async throws {
        let calls = Calls()
        await calls.answer(409)
        let coordinator = Coordinator(period: .milliseconds(1)) { await calls.note($0) }
        let id = await started(coordinator, "http://order")
        #expect(await text(coordinator, "PUT", "\(id)/cancel") == "Cancelling")
        #expect(await text(coordinator, "GET", "").components(of: id) == 2)
        await calls.seen(3)
        await calls.answer(200)
        await eventually { await status(coordinator, "GET", id) != 200 }
        #expect(await text(coordinator, "GET", "") == "[]")
    }

    @Test func `only the status link can tell that a compensation failed for good`() async throws {
        let coordinator = Coordinator(period: .seconds(600)) { call in
            call.method == "GET"
                ? .init(status: 200, body: "FailedToCompensate") : .init(status: 409)
        }
        let id = await started(coordinator, "http://order")
        #expect(await text(coordinator, "PUT", "\(id)/cancel") == "Cancelling")
        _ = await text(coordinator, "GET", "recovery")
        #expect(await status(coordinator, "GET", id) == 404)
        #expect(await text(coordinator, "GET", "recovery/failed") == "[]")
    }

    @Test(arguments: [(410, 404), (404, 200), (500, 200), (202, 200), (204, 404)])
    func `which answers are an end`(answer: Int, saga: Int) async throws {
        let coordinator = Coordinator(period: .seconds(600)) { _ in .init(status: answer) }
        let id = await started(coordinator, "http://order")
        _ = await text(coordinator, "PUT", "\(id)/cancel")
        #expect(await status(coordinator, "GET", id) == saga)
    }

    @Test func `a time limit cancels`() async throws {
        let calls = Calls()
        let coordinator = Coordinator(period: .seconds(600)) { await calls.note($0) }
        let id = await started(coordinator, "http://order", query: "?TimeLimit=20")
        await calls.seen(1)
        await eventually { await status(coordinator, "GET", id) != 200 }
        #expect(await calls.urls == ["http://order/compensate"])
    }

    @Test func `after a restart nothing is told for a while, then everything is back`() async throws
    {
        let coordinator = Coordinator(period: .seconds(600)) { _ in .init(status: 200) }
        let id = await started(coordinator)
        await coordinator.restart(silentFor: .milliseconds(30))
        #expect(await text(coordinator, "GET", "") == "[]")
        #expect(await status(coordinator, "GET", id) == 404)
        await eventually { await status(coordinator, "GET", id) != 404 }
        #expect(await text(coordinator, "GET", "").components(of: id) == 1)
    }

    @Test func `cancelling a saga cancels what is nested in it`() async throws {
        let coordinator = Coordinator(period: .seconds(600)) { _ in .init(status: 200) }
        let parent = await started(coordinator)
        let url = "http://127.0.0.1/lra-coordinator/\(parent)".percentEncoded()
        let child = await started(coordinator, query: "?ParentLRA=\(url)")
        #expect(await text(coordinator, "GET", child).contains(#""topLevel":false"#))
        _ = await text(coordinator, "PUT", "\(parent)/cancel")
        #expect(await status(coordinator, "GET", child) == 404)
    }

    /// The id of a saga that these participants have joined.
    private func started(
        _ coordinator: Coordinator, _ participants: String..., query: String = ""
    ) async -> String {
        let url = await text(coordinator, "POST", "start\(query)")
        let id = url.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? ""
        for participant in participants {
            let link = ["compensate", "complete", "status"]
                .map { "<\(participant)/\($0)>; rel=\"\($0)\"; title=\"\($0) URI\"" }
                .joined(separator: ", ")
            let request = HTTPServer.Request(
                "PUT", "/lra-coordinator/\(id)", headers: ["link": link])
            #expect(await coordinator.answer(request).status == 200)
        }
        return id
    }

    private func text(_ coordinator: Coordinator, _ method: String, _ path: String) async -> String
    {
        let response = await coordinator.answer(.init(method, "/lra-coordinator/\(path)"))
        return String(decoding: response.body, as: UTF8.self)
    }

    private func status(_ coordinator: Coordinator, _ method: String, _ path: String) async -> Int {
        await coordinator.answer(.init(method, "/lra-coordinator/\(path)")).status
    }
}

/// A participant's log, and what it answers.
private actor Calls {
    private(set) var urls: [String] = []
    private var status = 200

    func answer(_ status: Int) { self.status = status }

    func note(_ call: ParticipantCall) -> ParticipantAnswer {
        urls.append(call.url)
        // Nothing to see under the status link.
        return .init(status: call.method == "GET" ? 404 : status)
    }

    func seen(_ count: Int) async {
        await eventually { self.urls.count >= count }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: "/\(part)\"").count }
}
