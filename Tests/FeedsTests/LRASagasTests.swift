// LRASagasTests: what is told of a coordinator, and above all what is not.
import Events
import Feeds
import Network
import TestKit
import Testing

/// `a:Active b:Cancelling` as the coordinator lists it; ids are `0_p1_a`.
private func list(_ text: String) -> HTTPAnswer { .json("[\(rows(text))]") }

private func rows(_ text: String) -> String {
    text.split(separator: " ").map { word in
        let parts = word.split(separator: ":")
        return row(String(parts[0]), String(parts[1]))
    }.joined(separator: ",")
}

private func row(_ id: String, _ status: String, started: Int = 1000, finish: Int = 0) -> String {
    """
    {"lraId":"http://lra:8070/lra-coordinator/0_p1_\(id)","clientId":"order","status":"\(status)",
    "startTime":\(started),"finishTime":\(finish),"httpStatus":204,"topLevel":true,
    "recovering":false}
    """
}

private let path = "/lra-coordinator"

private func feed(_ client: any HTTPClient) -> LRASagas {
    let url = "http://lra:8070/lra-coordinator"
    return LRASagas(
        settings: FeedSettings(name: "lra", kind: .lra, worlds: [.sagas], url: url),
        source: FeedSource(name: "lra", kind: .lra, world: .sagas, address: "lra:8070"),
        client: client, resolver: NoResolver())
}

/// Shows the coordinator's lists to a feed, one a second, and returns the states told at the end.
private func watch(_ lists: String..., seconds: Int = 0) async -> [String: SagaState] {
    let listener = Listener(pauses: max(lists.count - 1, seconds))
    await supervise(feed(Shelf([path: lists.map(list)])), listener)
    return states(listener)
}

private func states(_ listener: Listener) -> [String: SagaState] {
    Dictionary(
        uniqueKeysWithValues: listener.sagas.values.map {
            (String($0.id.split(separator: "_").last ?? ""), $0.state)
        })
}

struct LRASagasTests {
    @Test func `a saga is known by the last part of its URL, and its client names it`() async {
        let listener = Listener()
        let shelf = Shelf([path: [.json("[\(row("7", "Active", started: 1_795_458_369_097))]")]])
        await supervise(feed(shelf), listener)
        let saga = Saga(
            id: "0_p1_7", name: "order", state: .running, engineState: "Active",
            started: Instant(milliseconds: 1_795_458_369_097))
        #expect(listener.events == [.sagas("lra/sagas", .listed([saga]))])
        #expect(listener.notes == ["1 saga"])
        #expect(shelf.targets == ["/lra-coordinator"])
        #expect(shelf.requests[0].headers.contains { $0 == ("Accept", "application/json") })
    }

    @Test(arguments: [
        ("Active", SagaState.running), ("Closing", .running), ("Cancelling", .compensating),
        ("Closed", .completed), ("Cancelled", .compensated), ("FailedToCancel", .failed),
        ("FailedToClose", .failed), ("Resting", .unknown),
    ])
    func `each of the engine's words has a state`(word: String, state: SagaState) async {
        #expect(await watch("a:\(word)") == ["a": state])
    }

    @Test func `a nested saga names its parent`() async {
        let id = "http://lra/lra-coordinator/0_p1_8e"
        let parent = "http%3A%2F%2Flra%2Flra-coordinator%2F0_p1_88"
        let listener = Listener()
        let body = #"[{"lraId":"\#(id)?ParentLRA=\#(parent)","status":"Closing","finishTime":0}]"#
        await supervise(feed(Shelf([path: [.json(body)]])), listener)
        #expect(listener.sagas["0_p1_8e"]?.parent == "0_p1_88")
        #expect(listener.sagas["0_p1_8e"]?.ending == nil)
    }

    @Test func `a saga that is listed twice is one, as far on its way as it is anywhere`() async {
        let listener = Listener()
        await supervise(
            feed(Shelf([path: [list("a:Active a:Cancelling a:Closing b:Active")]])), listener)
        #expect(states(listener) == ["a": .compensating, "b": .running])
        #expect(listener.notes == ["2 sagas"])
    }

    @Test func `the time limit of an active saga is not when it began to end`() async {
        let listener = Listener()
        let body = "[\(row("a", "Active", finish: 9000)),\(row("b", "Closing", finish: 9000))]"
        await supervise(feed(Shelf([path: [.json(body)]])), listener)
        #expect(listener.sagas["0_p1_a"]?.ending == nil)
        #expect(listener.sagas["0_p1_b"]?.ending == Instant(milliseconds: 9000))
    }

    @Test func `only what changed is told after the first list`() async {
        let listener = Listener(pauses: 2)
        let lists = ["a:Active b:Active", "a:Active b:Active", "a:Closing b:Active c:Active"]
        await supervise(feed(Shelf([path: lists.map(list)])), listener)
        #expect(listener.sagaEvents.count == 2)
        guard case .changed(let sagas) = listener.sagaEvents[1] else {
            Issue.record("the second event is no change")
            return
        }
        #expect(sagas.map(\.id) == ["0_p1_a", "0_p1_c"])
        #expect(sagas[0].engineState == "Closing")
    }

    @Test func `a saga that is gone from the list and by its id has ended`() async {
        #expect(
            await watch("a:Active b:Active c:Cancelling", "b:Active c:Cancelling")
                == ["a": .ended, "b": .running, "c": .compensating])
    }

    @Test func `what ended keeps the engine's last word, and is told once`() async {
        let listener = Listener(pauses: 3)
        let shelf = Shelf([
            path: [list("a:Cancelling b:Active c:Active"), list("b:Active c:Active")]
        ])
        await supervise(feed(shelf), listener)
        #expect(listener.sagas["0_p1_a"]?.engineState == "Cancelling")
        #expect(listener.sagaEvents.count == 2)
        #expect(shelf.targets.filter { $0.hasSuffix("/0_p1_a") }.count == 1)
    }

    @Test func `a saga that is still known by its id has not ended, and its state counts`() async {
        let listener = Listener(pauses: 5)
        let shelf = Shelf([
            path: [list("a:Active b:Active c:Active"), list("b:Active c:Active")],
            "\(path)/0_p1_a": [.json(row("a", "Cancelling"))],
        ])
        await supervise(feed(shelf), listener)
        #expect(states(listener) == ["a": .compensating, "b": .running, "c": .running])
    }

    @Test func `a coordinator that answers an id with something else is not lost`() async {
        let listener = Listener(pauses: 3)
        let shelf = Shelf([
            path: [list("a:Active b:Active c:Active"), list("b:Active c:Active")],
            "\(path)/0_p1_a": [list("b:Active c:Active")],
        ])
        let failures = await supervise(feed(shelf), listener)
        #expect(failures.isEmpty)
        #expect(states(listener) == ["a": .ended, "b": .running, "c": .running])
    }

    @Test func `of many that vanish some are asked for, and all are believed at the second look`()
        async
    {
        let many = (1...9).map { "v\($0):Active" }.joined(separator: " ")
        let stay = (1...10).map { "s\($0):Active" }.joined(separator: " ")
        let listener = Listener(pauses: 2)
        let shelf = Shelf([path: [list("\(many) \(stay)"), list(stay)]])
        await supervise(feed(shelf), listener)
        #expect(listener.sagas.values.filter { $0.state == .ended }.count == 9)
        #expect(shelf.targets.filter { $0.contains("_v") }.count <= 6)
    }

    @Test func `one that ends as compensated and vanishes stays compensated`() async {
        #expect(
            await watch("a:Cancelled b:Active c:Active", "b:Active c:Active")
                == ["a": .compensated, "b": .running, "c": .running])
    }

    @Test func `one that began and ended between two looks is not known`() async {
        #expect(await watch("a:Active", "a:Active") == ["a": .running])
    }

    @Test func `a saga that comes back after its end is running again`() async {
        #expect(
            await watch(
                "a:Active b:Active c:Active", "b:Active c:Active", "a:Active b:Active c:Active")
                == ["a": .running, "b": .running, "c": .running])
    }

    @Test(arguments: ["", "c:Active"])
    func `most of them vanishing at once is a restart until half a minute has passed`(
        rest: String
    ) async {
        let all = "a:Active b:Cancelling c:Active"
        #expect(await watch(all, rest, seconds: 30)["a"] == .running)
        #expect(await watch(all, rest, seconds: 31)["a"] == .ended)
        #expect(await watch(all, rest, rest, all, seconds: 60)["b"] == .compensating)
    }

    @Test func `the note says how many are held`() async {
        let listener = Listener(pauses: 1)
        await supervise(feed(Shelf([path: [list("a:Active"), list("")]])), listener)
        #expect(
            listener.notes == ["1 saga", "0 sagas; 1 vanished, and may come back after a restart"])
    }

    @Test func `a new saga of the same process shows that there was no restart`() async {
        let listener = Listener(at: .second(0), pauses: 6)
        let fresh = HTTPAnswer.json("[\(row("b", "Active", started: 4000))]")
        await supervise(
            feed(Shelf([path: [list("a:Active"), list(""), list(""), fresh]])), listener)
        #expect(states(listener) == ["a": .ended, "b": .running])
    }

    @Test func `a new saga of another process, or an old one found again, shows nothing`() async {
        for unhelpful in [
            row("b", "Active", started: 500),
            row("b", "Active", started: 4000).replacing("0_p1_b", with: "0_p2_b"),
        ] {
            let listener = Listener(pauses: 6)
            let lists = [list("a:Active"), list(""), .json("[\(unhelpful)]")]
            await supervise(feed(Shelf([path: lists])), listener)
            #expect(listener.sagas["0_p1_a"]?.state == .running)
        }
    }

    @Test func `what vanished while nobody could look is held for half a minute`() async {
        let lists = [
            list("a:Active b:Active c:Active"), HTTPAnswer(status: 503), list("b:Active c:Active"),
        ]
        for (seconds, state) in [(31, SagaState.running), (33, .ended)] {
            let listener = Listener(pauses: seconds)
            let failures = await supervise(feed(Shelf([path: lists])), listener)
            #expect(failures == ["lra:8070/lra-coordinator answered the list with HTTP 503"])
            #expect(states(listener)["a"] == state)
        }
    }

    @Test func `what was seen again after a gap ends as usual`() async {
        let lists = [
            list("a:Active b:Active c:Active"), HTTPAnswer(status: 503),
            list("a:Active b:Active c:Active"), list("b:Active c:Active"),
        ]
        let listener = Listener(pauses: 3)
        await supervise(feed(Shelf([path: lists])), listener)
        #expect(states(listener)["a"] == .ended)
    }

    @Test func `a new run lists again with what it remembers, also what ended`() async {
        let lists = [
            list("a:Active b:Active c:Active"), list("b:Active c:Active"),
            HTTPAnswer(status: 503), list("c:Active"),
        ]
        let listener = Listener(pauses: 3)
        await supervise(feed(Shelf([path: lists])), listener)
        guard case .listed(let sagas)? = listener.sagaEvents.last else {
            Issue.record("a new run did not list")
            return
        }
        #expect(sagas.map(\.id) == ["0_p1_a", "0_p1_b", "0_p1_c"])
        #expect(sagas.map(\.state) == [.ended, .running, .running])
    }

    @Test func `a list that answers 500 for ever is asked state by state`() async {
        let listener = Listener(pauses: 5)
        let shelf = Shelf([
            path: [HTTPAnswer(status: 500)],
            "\(path)?Status=Active": [list("a:Active b:Active")],
            "\(path)?Status=Cancelling": [list("c:Cancelling"), list("")],
            "\(path)?Status=Closing": [list("")], "\(path)?Status=Closed": [list("")],
            "\(path)?Status=Cancelled": [list("")], "\(path)?Status=FailedToClose": [list("")],
            "\(path)?Status=FailedToCancel": [list("")],
        ])
        let failures = await supervise(feed(shelf), listener)
        #expect(
            failures
                == Array(
                    repeating: "lra:8070/lra-coordinator answered the list with HTTP 500", count: 2)
        )
        #expect(states(listener) == ["a": .running, "b": .running, "c": .ended])
        #expect(
            listener.notes.last == "2 sagas; the whole list answers HTTP 500, so asked by state")
    }

    @Test func `a state that cannot be read hides sagas but ends none`() async {
        let broken = HTTPAnswer(status: 500)
        let listener = Listener(pauses: 60)
        let shelf = Shelf { (request) throws(NetworkError) in
            switch request.url.split(separator: "=").last {
            case "Active": list("a:Active")
            case "Cancelling": list("")
            default: broken
            }
        }
        let first = Shelf([path: [list("a:Active b:Cancelling c:Active"), broken]])
        let both = Shelf { (request) throws(NetworkError) in
            if request.url.hasSuffix("coordinator") { return try await first.send(request) }
            return try await shelf.send(request)
        }
        await supervise(feed(both), listener)
        #expect(states(listener) == ["a": .running, "b": .compensating, "c": .running])
        #expect(listener.notes.last?.contains("no answer for Closing, FailedToCancel") == true)
    }

    @Test func `hundreds of header lines do no harm`() async {
        let lines = (0..<500).map { (name: "Long-Running-Action", value: "http://lra/\($0)") }
        let listener = Listener()
        let answer = HTTPAnswer(
            status: 200, headers: HTTPHeaders(lines), body: Array("[\(rows("a:Active"))]".utf8))
        await supervise(feed(Shelf([path: [answer]])), listener)
        #expect(states(listener) == ["a": .running])
    }
}

struct LRAMangledTests {
    @Test(arguments: [
        ("", "sent something unreadable for the list: the answer is empty"),
        ("<html>login</html>", "a web page came instead of JSON"),
        ("[{\"lraId\":\"http://lra/x/1\",", "not JSON"),
        ("{\"0\":{}}", "the document is no Array"),
        ("[{\"lraId\":7}]", "$[0].lraId is no String"),
        ("[{\"lraId\":\"x\",\"startTime\":\"7\"}]", "$[0].startTime is no Int64"),
        ("[{\"status\":\"Active\"}]", "$[0] lacks \"lraId\""),
    ])
    func `a mangled list is an error that says where, and tells nothing`(
        body: String, words: String
    ) async {
        let listener = Listener()
        let failures = await supervise(feed(Shelf([path: [.json(body)]])), listener)
        #expect(failures.count == 1)
        #expect(failures.first?.contains(words) == true, "\(failures)")
        #expect(listener.events.isEmpty)
    }

    @Test(arguments: [
        (NetworkError.cutShort("after 12 of 40 bytes"), "broke off its answer"),
        (.timedOut(after: .seconds(10)), "did not answer within 10 s"),
        (.unreachable("refused the connection"), "refused the connection"),
        (.tooLarge(cap: 32 << 20), "sent more than 32 MiB"),
    ])
    func `no answer is an error that names the server`(
        error: NetworkError, words: String
    ) async {
        let listener = Listener()
        let shelf = Shelf { (_) throws(NetworkError) in throw error }
        let failures = await supervise(feed(shelf), listener)
        #expect(failures.first?.hasPrefix("lra:8070/lra-coordinator \(words)") == true)
        #expect(listener.events.isEmpty && listener.notes.isEmpty)
    }

    @Test func `a mangled list in between ends nothing`() async {
        let good = list("a:Active b:Active")
        let listener = Listener(pauses: 20)
        let lists = [
            good, .json("[]x"), .json("<html>"), HTTPAnswer(status: 502), .json("[]"), good,
        ]
        await supervise(feed(Shelf([path: lists])), listener)
        #expect(states(listener) == ["a": .running, "b": .running])
    }

    @Test func `null and missing fields are taken as not known`() async {
        let listener = Listener()
        let body =
            #"[{"lraId":"0_p1_a","clientId":null,"status":null,"startTime":null},{"lraId":"b"}]"#
        await supervise(feed(Shelf([path: [.json(body)]])), listener)
        #expect(states(listener) == ["a": .unknown, "b": .unknown])
    }
}
