// Watch: `clawtop watch`: evaluates, notifies, records, without a screen.
import Engine
import Events
@preconcurrency import Glibc
import Journal
import Network
import WorldModel

/// Runs until a signal ends it; SIGHUP reads the configuration again, and the rules at once.
func runWatch(_ invocation: Invocation, _ variables: [String: String]) -> Outcome {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    // Before any thread is started, so that all of them leave the signals to the wait below.
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // Whoever reads our lines may go: that is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    let (watch, service) = (Watch(invocation, variables), ServiceNotice(variables))
    if let failure = waiting({ await watch.start() }) { return failure }
    service.send("READY=1")
    while true {
        var received: Int32 = 0
        sigwait(&signals, &received)
        guard received == SIGHUP else { break }
        service.send("RELOADING=1\nMONOTONIC_USEC=\(SystemClock.monotonicMicroseconds)")
        waiting { await watch.reload() }
        service.send("READY=1")
    }
    service.send("STOPPING=1")
    // A second signal does not wait.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    waiting { await watch.stop() }
    return Outcome(.ok, "")
}

/// The run of now, and what outlives a reload.
actor Watch {
    private let invocation: Invocation
    private let variables: [String: String]
    private let status = WatchStatus()
    private let log = WatchLog()
    private var rules = RuleSet()
    private var run: (run: WatchRun, task: Task<Void, Never>)?
    /// Looks at the rule files.
    private var follower: Task<Void, Never>?
    private var server: HTTPServer?

    init(_ invocation: Invocation, _ variables: [String: String]) {
        (self.invocation, self.variables) = (invocation, variables)
    }

    /// Returns why it cannot begin.
    func start() -> Outcome? {
        do {
            let plan = try plan()
            server = try invocation.metrics.map(serve)
            let followed = FollowedRules(plan.rules)
            rules = followed.rules
            complain(rules.problems)
            begin(plan)
            follow(followed)
            return nil
        } catch let error as PlanError {
            return error.outcome
        } catch {
            return Outcome(.failed, "clawtop: \(error)\n", isError: true)
        }
    }

    /// A broken configuration, or a broken rule file, keeps what it said before.
    func reload() async {
        do {
            let plan = try plan()
            let followed = FollowedRules(plan.rules, keeping: rules)
            take(followed.rules)
            if plan == run?.run.plan {
                run?.run.use(rules)
            } else {
                await end()
                begin(plan)
            }
            follow(followed)
        } catch {
            complain(error.lines.map { "\($0); the configuration of before goes on" })
            status.count {
                $0.reloads += 1
                $0.failedReloads += 1
            }
        }
    }

    private func take(_ rules: RuleSet) {
        self.rules = rules
        complain(rules.problems)
        status.count {
            $0.reloads += 1
            if !rules.problems.isEmpty { $0.failedReloads += 1 }
        }
    }

    private func follow(_ followed: FollowedRules) {
        follower?.cancel()
        follower = Task {
            var followed = followed
            await followed.follow { rules in
                take(rules)
                run?.run.use(rules)
            }
        }
    }

    func stop() async {
        await end()
        await server?.stop()
        await log.lines.finish(within: .seconds(1))
    }

    private func plan() throws(PlanError) -> WatchPlan {
        try WatchPlanner(invocation: invocation, variables: variables).plan()
    }

    private func begin(_ plan: WatchPlan) {
        let run = WatchRun(
            plan, rules: rules, variables, journal: openJournal(), status: status, log: log,
            say: { complain([$0]) })
        self.run = (run, Task { await run.run() })
    }

    private func end() async {
        follower?.cancel()
        run?.task.cancel()
        await run?.task.value
    }

    private func openJournal() -> JournalWriter? {
        do throws(JournalError) {
            return try JournalWriter(folder: Places(environment: variables).journal)
        } catch {
            complain(["nothing is recorded: \(error)"])
            status.count { $0.journalErrors += 1 }
            return nil
        }
    }

    private func serve(_ address: ListenAddress) throws(HTTPServerError) -> HTTPServer {
        let (status, lines) = (status, log.lines)
        return try HTTPServer(address: address.host, port: address.port) { request in
            guard ["GET", "HEAD"].contains(request.method), request.path == ["metrics"] else {
                return .text(404, "there is only GET /metrics here\n")
            }
            let (world, isLeading, counts) = status.snapshot
            let metrics = OwnMetrics(
                world: world, isLeading: isLeading, counts: counts, droppedLines: lines.dropped)
            return .text(200, metrics.text, type: Exposition.contentType)
        }
    }

}

private func complain(_ sentences: [String]) {
    for sentence in sentences { fputs("clawtop: \(sentence.harmless)\n", Glibc.stderr) }
}
