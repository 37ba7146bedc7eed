// EtcdKeys+Changes: one watch until it tells something, and a look beside it when it is silent.
import Events
import Feeds
import Network

extension EtcdKeys {
    /// An open watch tells nothing of a lost quorum, a frozen server or a restore: after so long
    /// without a word the same is asked for as a question, which needs a quorum.
    private static let silence = Duration.seconds(15)

    private enum Step {
        case told(SharedListing)
        case compacted
        /// Nothing was said, or the watch was cut.
        case silent
    }

    func changes(
        under folder: String, after revision: UInt64
    ) async throws(FeedError) -> SharedListing {
        let keyspace = keyspace(folder)
        let next = Int64(clamping: revision &+ 1)
        while true {
            let began = ContinuousClock.now
            switch try await step(keyspace, from: next) {
            case .told(let listing): return listing
            case .compacted: return try await list(folder)
            case .silent:
                if let listing = try await look(keyspace, since: next) { return listing }
            }
            // A proxy that cuts each watch at once makes us ask, though not without end.
            if ContinuousClock.now - began < .seconds(1) { try await rest() }
        }
    }

    /// What changed without our being told; nil where nothing did.
    private func look(
        _ keyspace: EtcdKeyspace, since next: Int64
    ) async throws(FeedError) -> SharedListing? {
        let answer = try await keyspace.changed(since: next)
        guard answer.header.revision >= next - 1 else {
            throw gateway.server.unreadable(
                EtcdKeyspace.watchPath, "it was restored to an earlier state, and is read anew")
        }
        guard !answer.pairs.isEmpty else { return nil }
        return SharedListing(
            pairs: answer.pairs.map(SharedPair.init),
            revision: UInt64(answer.header.revision.magnitude))
    }

    private func rest() async throws(FeedError) {
        do {
            try await Task.sleep(for: .seconds(Double.random(in: 0.5...1.5)))
        } catch {
            throw .unreachable(address: gateway.server.address, .cancelled)
        }
    }

    private func step(_ keyspace: EtcdKeyspace, from next: Int64) async throws(FeedError) -> Step {
        do {
            return try await watch(keyspace, from: next)
        } catch let error as FeedError {
            throw error
        } catch {
            throw .unreachable(address: gateway.server.address, .cancelled)
        }
    }

    private func watch(_ keyspace: EtcdKeyspace, from next: Int64) async throws -> Step {
        let (signals, inbox) = AsyncThrowingStream.makeStream(of: EtcdSignal.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await keyspace.read(from: next, silence: Self.silence, into: inbox) }
            for try await signal in signals {
                switch signal {
                case .ended, .counted: return .silent
                case .told(let result):
                    if let step = try await self.step(result) { return step }
                }
            }
            throw CancellationError()
        }
    }

    /// Nil where the watch goes on.
    private func step(_ result: EtcdWatchResult) async throws(FeedError) -> Step? {
        if result.compactedAt != nil { return .compacted }
        if result.isCanceled {
            let reason = result.cancelReason ?? "it ended the watch"
            if FeedError.wordsAskForLogin(reason), await gateway.forgetToken() { return .silent }
            throw .refused(
                address: gateway.server.address, path: EtcdKeyspace.watchPath,
                status: reason.contains("PermissionDenied") ? 403 : 400, words: reason)
        }
        guard let newest = result.events.map(\.pair.changedAt).max() else { return nil }
        var pairs: [String: SharedPair] = [:]
        for event in result.events {
            pairs[event.pair.name] = event.isDelete ? nil : SharedPair(event.pair)
        }
        return .told(
            SharedListing(
                pairs: pairs.values.sorted { $0.key < $1.key },
                revision: UInt64(newest.magnitude)))
    }
}
