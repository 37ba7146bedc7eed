// EtcdKeyspace: the keys under one prefix, listed once and then watched.
import Events
import FoundationEssentials
import Network

/// Follows all keys that begin with a prefix.
///
/// A list gives the store's revision, a watch begins behind it: no change is missed, none told twice.
/// An open watch says nothing of the server's health, so a small question goes beside it: how many
/// keys are there? It needs a quorum, tells the revision (lower than before after a restore), and
/// the count must be ours.
/// Source: <https://etcd.io/docs/v3.6/learning/api/>
package struct EtcdKeyspace: Sendable {
    let prefix: EtcdPrefix
    let gateway: EtcdGateway
    /// How often to check.
    let interval: Duration
    /// Keys that one answer holds.
    let pageSize: Int

    /// A quiet watch is healthy, but its connection may be dead without a word: after this silence
    /// it is opened anew, where it stood.
    package static let silence = Duration.seconds(120)
    static let rangePath = "/v3/kv/range"
    package static let watchPath = "/v3/watch"

    init(
        _ settings: FeedSettings, prefix: String, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.prefix = EtcdPrefix(text: settings.prefix ?? prefix)
        gateway = EtcdGateway(settings, client: client, resolver: resolver)
        interval = settings.interval ?? .seconds(5)
        pageSize = 1000
    }

    /// The keys under `prefix`, of which an answer holds `pageSize`: fewer where values are long.
    package init(_ prefix: String, of gateway: EtcdGateway, pageSize: Int) {
        (self.prefix, self.gateway) = (EtcdPrefix(text: prefix), gateway)
        (interval, self.pageSize) = (.seconds(5), pageSize)
    }

    /// Tells the list and then each change, until cancelled or at a loss.
    ///
    /// `tell` passes the news on, and returns what the feed then holds, for people.
    func follow(
        _ output: any FeedOutput, tell: (EtcdNews) async -> String
    ) async throws {
        let listing = try await list()
        var view = EtcdView(listing)
        await output.answered(tell(.listed(listing.pairs)))
        while true {
            let opened = output.now
            view.watchOpens()
            var end = try await watch(&view, output, tell)
            if output.now - opened < .seconds(1) { try await output.pause(for: .seconds(1)) }
            if end == .streamEnded {
                end = try await handle(.counted(count()), &view, output, tell) ?? .streamEnded
            }
            try await goOn(after: end, &view, output, tell)
        }
    }

    /// Why a watch is over, where that is no error.
    private enum End {
        case streamEnded, listAgain, startOver
    }

    private func goOn(
        after end: End, _ view: inout EtcdView, _ output: any FeedOutput,
        _ tell: (EtcdNews) async -> String
    ) async throws {
        switch end {
        case .streamEnded: break
        case .listAgain:
            let isPolled = !view.isWatching
            let note = await tell(view.replace(with: try await list()))
            await output.answered(Self.note(note, isPolled: isPolled))
        case .startOver:
            let listing = try await list()
            view = EtcdView(listing)
            await output.answered(tell(.listed(listing.pairs)))
        }
    }

    /// One watch and the checks beside it.
    private func watch(
        _ view: inout EtcdView, _ output: any FeedOutput, _ tell: (EtcdNews) async -> String
    ) async throws -> End {
        let (signals, inbox) = AsyncThrowingStream.makeStream(of: EtcdSignal.self)
        let start = view.next
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await read(from: start, into: inbox) }
            group.addTask { await check(output, into: inbox) }
            for try await signal in signals {
                if let end = try await handle(signal, &view, output, tell) { return end }
            }
            throw CancellationError()
        }
    }

    /// Nil where the watch goes on.
    private func handle(
        _ signal: EtcdSignal, _ view: inout EtcdView, _ output: any FeedOutput,
        _ tell: (EtcdNews) async -> String
    ) async throws -> End? {
        let step: EtcdView.Step
        switch signal {
        case .ended: return .streamEnded
        case .told(let result): step = view.apply(result)
        case .counted(let answer):
            step = view.check(count: answer.count, revision: answer.header.revision)
        }
        switch step {
        case .nothing: return nil
        case .listAgain: return .listAgain
        case .startOver: return .startOver
        case .refused(let reason): return try await refused(reason)
        case .tell(let news):
            let note = await tell(news)
            await output.answered(Self.note(note, isPolled: !view.isWatching))
            return nil
        }
    }

    /// A watch refused for its token is asked for again with another one.
    private func refused(_ reason: String) async throws -> End {
        // "rpc error: code = PermissionDenied desc = etcdserver: permission denied"
        let words = reason.firstRange(of: "desc = ").map { String(reason[$0.upperBound...]) }
        if FeedError.wordsAskForLogin(reason), await gateway.forgetToken() { return .listAgain }
        throw FeedError.refused(
            address: gateway.server.address, path: Self.watchPath,
            status: reason.contains("PermissionDenied") ? 403 : 400, words: words ?? reason)
    }

    private static func note(_ note: String, isPolled: Bool) -> String {
        isPolled ? "\(note); polled, for the watch does not come through" : note
    }
}
