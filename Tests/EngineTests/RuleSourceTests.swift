// Groups of rules that a big engine evaluates, on shelves and on a real Prometheus.
import Alerting
import Events
import Feeds
import Network
import PromQL
import TestKit
import Testing
import WorldModel

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct RuleSourceTests {
    private func api(_ url: String, _ client: any HTTPClient) -> PrometheusAPI {
        let settings = FeedSettings(
            name: "thanos", kind: .prometheus, worlds: [.metrics], url: url)
        return PrometheusAPI(settings: settings, client: client, resolver: NewestWorld())
    }

    private func group(_ rules: [String: String], of source: String? = "thanos") throws -> RuleGroup
    {
        let rules = try rules.sorted { $0.key < $1.key }.map { name, expression in
            Rule.alert(AlertRule(name: name, expression: try Expression.parse(expression)))
        }
        return RuleGroup(
            name: source ?? "ours", file: "f", interval: .seconds(10), queryOffset: .seconds(5),
            source: source, rules: rules)
    }

    private func ask(_ shelf: Shelf, _ rules: [String: String]) async throws -> RuleReply {
        let question = RuleQuestion(try group(rules), number: 1, at: .second(1000))
        return await RuleSource(api("http://thanos:9090", shelf))
            .reply(to: question, clock: SessionClock(ManualClock()))
    }

    @Test func `each expression is asked in its order, at the moment of the group`() async throws {
        let shelf = Shelf([
            "/api/v1/query": [
                .json(
                    """
                    {"status":"success","data":{"resultType":"vector",
                    "result":[{"metric":{"job":"a"},"value":[995,"2"]}]}}
                    """),
                .json(
                    #"{"status":"success","data":{"resultType":"scalar","result":[995,"7"]}}"#),
            ]
        ])
        let reply = try await ask(shelf, ["A": "up == 0", "B": "vector(7)"])
        #expect(
            reply.answers == [
                RuleAnswer([Sample(Labels(["job": "a"]), 2)]), RuleAnswer([Sample(Labels(), 7)]),
            ])
        let bodies = shelf.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(
            bodies == ["query=up%20%3D%3D%200&time=995.000", "query=vector%287%29&time=995.000"])
    }

    @Test func `who cannot be reached is asked once, and half an answer is none`() async throws {
        let silent = Shelf { _ throws(NetworkError) in throw .timedOut(after: .seconds(10)) }
        let reply = try await ask(silent, ["A": "up == 0", "B": "vector(7)"])
        #expect(silent.requests.count == 1 && reply.isUnavailable)
        #expect(reply.answers.count == 2)
        #expect(reply.answers.allSatisfy { $0.failure.hasPrefix("thanos:9090 ") })
        let partial = Shelf([
            "/api/v1/query": [
                .json(
                    #"{"status":"success","warnings":["store-2 is away"],"#
                        + #""data":{"resultType":"vector","result":[]}}"#)
            ]
        ])
        #expect(
            try await ask(partial, ["A": "up == 0"]).answers.map(\.failure) == [
                "only part of the data answered: store-2 is away"
            ])
    }

    @Test(arguments: [
        (
            #""isPartial":true,"data":{"resultType":"vector","result":[]}"#,
            "the engine calls its answer partial (isPartial)"
        ),
        (
            #""data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}"#,
            "native histograms are not supported here: those of 1 series are left out"
        ),
    ])
    func `an alert goes on firing while the answer lacks something, and the rule says what`(
        lacking: String, words: String
    ) async throws {
        var desk = Desk(
            RuleGroupEvaluation(
                try group(["A": "up == 0"]), store: SeriesStore(),
                evaluator: Evaluator(SeriesStore())), number: 1)
        let shelf = Shelf([
            "/api/v1/query": [
                .json(
                    #"{"status":"success","isPartial":false,"data":{"resultType":"vector","#
                        + #""result":[{"metric":{"job":"a"},"value":[995,"0"]}]}}"#),
                .json(#"{"status":"success",\#(lacking)}"#),
            ]
        ])
        let source = RuleSource(api("http://thanos:9090", shelf))
        for second in [1000, 1010] {
            let question = desk.ask(at: .second(second))
            let reply = await source.reply(to: question, clock: SessionClock(ManualClock()))
            _ = desk.take(reply, at: .second(second))
            #expect(desk.alerts.map(\.state) == [.firing])
        }
        #expect(desk.rules.map(\.error) == ["only part of the data answered: \(words)"])
    }

    @Test func `what an engine only informs of is no gap in its answer`() async throws {
        let told = Shelf([
            "/api/v1/query": [
                .json(
                    #"{"status":"success","infos":["a hint"],"#
                        + #""data":{"resultType":"vector","result":[]}}"#)
            ]
        ])
        #expect(try await ask(told, ["A": "up == 0"]).answers == [RuleAnswer([])])
    }

    @Test func `a group is asked once at a time, and holds up no other`() throws {
        let round = RuleRound { .zero }
        var world = World()
        world.apply(
            Envelope(
                sequence: 1, at: .second(1),
                event: .started(
                    SessionStart(environment: "", feeds: [], traceWindow: .seconds(60)))))
        let groups = [
            try group(["Far": "vector(1)"]), try group(["Near": "vector(1)"], of: nil),
        ]
        func take(_ second: Int, _ replies: [RuleReply] = [], rules: RuleSet? = nil) -> [String] {
            world.apply(Envelope(sequence: 1, at: .second(second), event: .tick))
            let work = RuleInbox.Work(
                world: world, touched: Touched(), rules: rules, replies: replies)
            return round.take(work)?.alerts.map(\.name) ?? []
        }
        #expect(take(1, rules: RuleSet(groups: groups)) == ["Near"])
        let questions = round.takeQuestions()
        #expect(questions.map(\.expressions) == [["vector(1)"]])
        #expect(round.isIncomplete)
        #expect(take(20) == ["Near"])
        #expect(round.takeQuestions() == [])
        let found = RuleAnswer([Sample(Labels(), 1)])
        #expect(take(21, [RuleReply(question: questions[0], answers: [found])]) == ["Far", "Near"])
        #expect(round.takeQuestions().map(\.at) == [.second(21)])
        #expect(!round.isIncomplete)
        // Read again meanwhile: the answer is of rules that are gone.
        _ = take(22, rules: RuleSet(groups: [try group(["Other": "vector(2)"])]))
        #expect(take(23, [RuleReply(question: questions[0], answers: [found])]) == [])
    }

    @Test func `a source that is away is left alone for longer and longer`() throws {
        var desk = Desk(
            RuleGroupEvaluation(
                RuleGroup(
                    name: "g", file: "f", interval: .milliseconds(1), source: "thanos",
                    rules: try group(["A": "up"]).rules), store: SeriesStore(),
                evaluator: Evaluator(SeriesStore())), number: 1)
        for _ in 1...5 {
            let question = desk.ask(at: .second(100))
            #expect(!desk.isDue(at: .second(1000), isAwaited: false))
            let failure = RuleAnswer(failure: "refused")
            _ = desk.take(
                RuleReply(question: question, answers: [failure], isUnavailable: true),
                at: .second(100))
        }
        #expect(!desk.isDue(at: .second(104), isAwaited: false))
        #expect(desk.isDue(at: .second(111), isAwaited: false))
        #expect(desk.rules.map(\.error) == ["refused"])
    }

    @Test(
        .enabled(
            if: PrometheusServer.isWanted, "prometheus is not on the PATH; apt install prometheus"))
    func `a real Prometheus evaluates a group, and its answers are alerts`() async throws {
        let server = try await PrometheusServer()
        defer { withExtendedLifetime(server) {} }
        let groups = [
            try group(["Far": "vector(4) > 3", "Wrong": "up{} and on (job) (1 > bool vector(2))"]),
            try group(["Lost": "vector(1)"], of: "nowhere"),
        ]
        let newest = NewestWorld()
        let engine = Engine(
            environment: "", feeds: [], traceWindow: .seconds(60), rules: RuleSet(groups: groups),
            sources: ["thanos": RuleSource(api(server.url, server.client))], newest: newest)
        engine.start()
        let world = await engine.concludedWorld()
        await engine.stop()
        #expect(world.alerts.all.map(\.name) == ["Far"])
        #expect(world.alerts.all.map(\.value) == [4])
        #expect(world.alerts.rules.map(\.health) == [.err, .ok, .ok])
        #expect(world.alerts.rules.first?.error == "there is no source nowhere")
    }
}
