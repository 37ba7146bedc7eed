// Coordinator: keeps the fleet's sagas, and calls their participants until nothing is owed.

/// A MicroProfile LRA coordinator; its answers are those of Narayana 1.0.1.
///
/// A saga that has ended is gone (404). One whose participants still owe something after the first
/// try is kept for recovery, tried again every `period`, and meanwhile listed twice.
package actor Coordinator {
    private(set) var sagas = SagaTable(run: .random(in: 0x1000...0xffff))
    private let period: Duration
    private let call: ParticipantDoor
    private let now: @Sendable () -> Int64
    /// Sagas whose participants are being called.
    private var busy: Set<String> = []
    private var recovery: Task<Void, Never>?
    private var limits: [String: Task<Void, Never>] = [:]
    private var silence: Task<Void, Never>?

    /// `now` tells the milliseconds since 1970.
    package init(
        period: Duration, now: @escaping @Sendable () -> Int64 = milliseconds,
        call: @escaping ParticipantDoor
    ) {
        (self.period, self.now, self.call) = (period, now, call)
    }

    deinit {
        recovery?.cancel()
        silence?.cancel()
        for limit in limits.values { limit.cancel() }
    }

    func start(at base: String, client: String, parent: String?, limit: Int64) -> LongRunningAction
    {
        let saga = sagas.start(at: base, client: client, parent: parent, limit: limit, now: now())
        arm(saga.id, limit: limit)
        return saga
    }

    func join(_ id: String, link: String) -> String? { sagas.join(id, link: link) }

    func leave(_ id: String, recoveryID: String) { sagas.leave(id, recoveryID: recoveryID) }

    func renew(_ id: String, limit: Int64) {
        sagas.renew(id, limit: limit, now: now())
        arm(id, limit: limit)
    }

    /// Ends a saga, and first those nested in it; what it is when all have been called once.
    func end(_ id: String, _ ending: LRAStatus) async -> LRAStatus? {
        guard let saga = sagas[id] else { return nil }
        for child in sagas.children(of: saga.url) { _ = await end(child, ending) }
        sagas.end(id, ending, now: now())
        limits.removeValue(forKey: id)?.cancel()
        return await settle(id)
    }

    /// One pass over the participants that still owe something.
    private func settle(_ id: String) async -> LRAStatus? {
        guard busy.insert(id).inserted else { return sagas[id]?.status }
        defer { busy.remove(id) }
        for place in sagas[id]?.order ?? [] {
            guard let saga = sagas[id],
                let call = saga.participants[place].call(ending: saga.status, saga: saga.url)
            else { continue }
            sagas.take(await self.call(call), to: call, from: place, of: id)
        }
        let status = sagas.settle(id)
        if status?.isEnding == true { recovery = recovery ?? Task { await recover() } }
        return status
    }

    private func recover() async {
        while !sagas.recovering.isEmpty, (try? await Task.sleep(for: period)) != nil {
            await recoverOnce(atMost: 16)
        }
        recovery = nil
    }

    /// So many sagas at most: an incident that leaves hundreds must not keep a core busy.
    func recoverOnce(atMost count: Int = .max) async {
        await withTaskGroup(of: Void.self) { group in
            for saga in sagas.nextToRecover(count) {
                group.addTask { _ = await self.settle(saga.id) }
            }
        }
    }

    /// An active saga is cancelled when its time limit ends.
    private func arm(_ id: String, limit: Int64) {
        limits.removeValue(forKey: id)?.cancel()
        guard limit > 0 else { return }
        limits[id] = Task {
            guard (try? await Task.sleep(for: .milliseconds(limit))) != nil else { return }
            _ = await end(id, .cancelling)
        }
    }

    /// As after a crash: for a while nothing is told, then everything is there again.
    package func restart(silentFor silence: Duration) {
        sagas.restart()
        self.silence = Task {
            try? await Task.sleep(for: silence)
            sagas.recall()
        }
    }
}
