// Registry: the fleet's registry and configuration centre, which speaks Consul's HTTP API.

/// One Consul server, and the agents of all its nodes, behind one port.
///
/// An instance lands on the node of its `Meta.zone`; the first node takes those without.
/// Source: <https://developer.hashicorp.com/consul/api-docs>, and answers recorded from 1.14.
package actor Registry {
    private(set) var state: RegistryState
    let token: String?
    private var waiters = Waiters<RegistryState>()
    private var silence = Silence<CatalogCheck.Key>()
    private var listening: Task<Void, Never>?
    /// Sessions that must be renewed; Consul waits for twice their time to live.
    private var sessionSilence = Silence<String>()
    private var sessionListening: Task<Void, Never>?
    /// Until when keys cannot be locked, whose session ended.
    private var delays: [String: ContinuousClock.Instant] = [:]

    /// With a `token`, whoever shows none sees an empty world.
    package init(token: String? = nil) {
        self.token = token
        state = RegistryState(nodes: [("node-1", "a"), ("node-2", "b"), ("node-3", "c")])
    }

    deinit {
        listening?.cancel()
        sessionListening?.cancel()
    }

    /// Writes, and answers the queries that waited for it.
    func write<Result>(_ change: (inout RegistryState) -> Result) -> Result {
        let before = state.index
        defer { if state.index > before { waiters.wake(whom: state) } }
        return change(&state)
    }

    /// Waits until the read's answer is newer than `index`, at most for `wait`.
    func wait(for read: RegistryRead, above index: UInt64, atMost wait: Duration) async {
        guard read.changed(state) <= index else { return }
        let id = waiters.nextID()
        let alarm = Task {
            try? await Task.sleep(for: wait)
            wake(id)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.add(id, continuation) { read.changed($0) > index }
            }
        } onCancel: {
            Task { await wake(id) }
        }
        alarm.cancel()
    }

    var heldQueries: Int { waiters.count }

    private func wake(_ id: Int) { waiters.wake(id) }

    /// Expects to hear of the check again within `ttl`, and calls it critical otherwise.
    func expect(_ check: CatalogCheck.Key, within ttl: Duration) {
        silence.heard(check, ttl: ttl, now: .now)
        listening = listening ?? Task { await listen() }
    }

    func heard(_ check: CatalogCheck.Key) { silence.heard(check, now: .now) }

    func forget(_ checks: Set<CatalogCheck.Key>) { silence.forget(where: checks.contains) }

    private func listen() async {
        while let next = silence.next,
            (try? await Task.sleep(until: next, clock: .continuous)) != nil
        {
            for check in silence.expired(now: .now) {
                let last = state.catalog.checks[check]?.output ?? ""
                let text = "TTL expired (last output before timeout follows): \(last)"
                _ = write { $0.update(check, to: .critical, output: text) }
            }
        }
        listening = nil
    }
}

// Sessions, which end when nobody renews them.
extension Registry {
    func isDelayed(_ key: String) -> Bool { delays[key].map { $0 > .now } ?? false }

    func keep(_ session: KVSession) {
        guard session.ttl > .zero else { return }
        sessionSilence.heard(session.id, ttl: session.ttl * 2, now: .now)
        sessionListening = sessionListening ?? Task { await listenToSessions() }
    }

    func endSession(_ id: String) {
        sessionSilence.forget { $0 == id }
        guard let session = state.sessions[id] else { return }
        for key in write({ $0.end(id) }) where session.lockDelay > .zero {
            delays[key] = .now + session.lockDelay
        }
    }

    private func listenToSessions() async {
        while let next = sessionSilence.next,
            (try? await Task.sleep(until: next, clock: .continuous)) != nil
        {
            for session in sessionSilence.expired(now: .now) { endSession(session) }
        }
        sessionListening = nil
    }
}

// What breaks it, and what is written by hand.
extension Registry {
    /// Ends all sessions, as time does to those that nobody renews.
    package func endSessions() {
        for id in state.sessions.keys { endSession(id) }
    }

    /// Begins anew with nothing but what `put` writes, and with lower indexes: a lost disk.
    package func forgetAll() {
        write { $0 = RegistryState(nodes: [("node-1", "a"), ("node-2", "b"), ("node-3", "c")]) }
    }

    /// Shows all checks of an instance with this status until ``release(_:)``.
    package func hold(_ instance: String, at status: String, output: String) {
        write { state in
            guard let service = state.catalog.service(withID: instance) else { return }
            _ = state.hold(service, at: CheckStatus(rawValue: status) ?? .critical, output: output)
        }
    }

    package func release(_ instance: String) {
        write { state in
            guard let service = state.catalog.service(withID: instance) else { return }
            _ = state.release(service)
        }
    }

    package func put(_ key: String, _ value: String) {
        write { _ = $0.put(key, Array(value.utf8)) }
    }
}
