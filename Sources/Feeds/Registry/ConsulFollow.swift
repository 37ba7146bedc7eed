// ConsulFollow: how a Consul's changes are followed once the first picture is told.
import Events

/// What one of the running queries found.
private enum ConsulFinding: Sendable {
    case names(ConsulReading<[String]?>, asked: Instant)
    case checks(ConsulState, ConsulReading<[ConsulCheck]?>, asked: Instant)
    case refused(ConsulTopic, FeedError)
    /// Services read because something said that they changed.
    case errand([ConsulFetched])
    /// Services read in their turn.
    case turn([ConsulFetched])
}

extension ConsulWatch {
    /// Tells changes; returns where the server began anew.
    ///
    /// Queries run side by side; what they find is taken one after the other.
    mutating func follow() async throws {
        let topics = Array(loops.keys)
        try await withThrowingTaskGroup(of: ConsulFinding.self) { group in
            defer { group.cancelAll() }
            for topic in topics { ask(topic, &group) }
            askInTurn(&group)
            var isOnErrand = false
            while let finding = try await group.next() {
                guard try await take(finding, &group) else { return }
                if case .errand = finding { isOnErrand = false }
                if !isOnErrand, !errands.isEmpty {
                    isOnErrand = true
                    askErrands(&group)
                }
            }
        }
    }

    /// False where the server began anew.
    private mutating func take(
        _ finding: ConsulFinding, _ group: inout ThrowingTaskGroup<ConsulFinding, any Error>
    ) async throws -> Bool {
        switch finding {
        case .names(let reading, let asked):
            guard let movement = answered(.catalog, reading.answer, asked) else { return false }
            ask(.catalog, &group)
            if let names = reading.value { await take(names: names, hasMoved: movement == .moved) }
            await tell(about: .catalog)
        case .checks(let state, let reading, let asked):
            guard answered(.state(state), reading.answer, asked) != nil else { return false }
            ask(.state(state), &group)
            if let checks = reading.value { await take(checks, in: state) }
            await tell(about: .state(state))
        case .refused(let topic, let error):
            try refused(topic, error, &group)
            await tell(about: nil)
        case .errand(let fetched):
            let changed = take(fetched)
            await emit(changed)
            await tell(about: nil)
        case .turn(let fetched):
            if errands.pressing == 0 { note.isPartial = false }
            errands.tick()
            if wantsReread || !hasStates { reread() }
            askInTurn(&group)
            let changed = take(fetched)
            await emit(changed)
            await tell(about: nil)
        }
        return true
    }

    /// Nil where the index fell back.
    private mutating func answered(
        _ topic: ConsulTopic, _ answer: ConsulAnswer, _ asked: Instant
    ) -> ConsulIndex.Movement? {
        observe(answer)
        let now = output.now
        let movement = loops[topic]?.answered(answer, asked: asked, now: now)
        return movement == .fellBack ? nil : movement
    }

    private mutating func take(names now: [String], hasMoved: Bool) async {
        let now = Set(now)
        let gone = names.subtracting(now)
        let new = now.subtracting(names)
        names = now
        for service in gone { sidecars[service] = nil }
        refusedServices.subtract(gone)
        let changed = gone.filter { !isKnown($0) && picture.replace($0, with: []) }
        errands.add(new, lookTwice: true)
        // Any service may have been registered again with another version: nobody says which.
        if hasMoved { reread() }
        await emit(changed)
    }

    private mutating func take(_ checks: [ConsulCheck], in state: ConsulState) async {
        let isFirst = views[state] == nil
        let difference = views[state, default: ConsulView()].take(checks)
        let effect = picture.apply(difference.came)
        errands.add(effect.unknown.filter(isReadable), lookTwice: isSmall)
        if isFirst { addHealed(state) }
        let healed = takeLeft(difference.left, state)
        await emit(effect.changed.union(healed))
    }

    /// Checks that left a state: who they were of is read again, to be exact.
    ///
    /// Where there are very many they are taken for passing until then.
    private mutating func takeLeft(_ left: [ConsulView.Seen], _ state: ConsulState) -> Set<String> {
        let left = left.filter { seen in
            !views.contains { $0.key != state && $0.value.contains(seen.key) }
        }
        guard !left.isEmpty else { return [] }
        let nodes = Set(left.filter(\.isOfNode).map(\.key.node))
        errands.add(
            left.filter { !$0.isOfNode && isReadable($0.service) }.map(\.service),
            lookTwice: isSmall)
        if !nodes.isEmpty { errands.add(picture.services(on: nodes), lookTwice: isSmall) }
        return left.count > 64 && state != .any ? picture.heal(left.map(\.key)) : []
    }

    /// Services whose sick checks healed between the first picture and the first look at a state.
    private mutating func addHealed(_ state: ConsulState) {
        guard state != .any, let view = views[state] else { return }
        let health: Health = state == .critical ? .critical : .warning
        let services = picture.services.filter { _, instances in
            instances.contains { instance in
                instance.shown.checks.contains { check in
                    check.status == health
                        && !view.contains(.init(node: instance.shown.node, id: check.id))
                }
            }
        }
        errands.add(services.keys)
    }

    private var allServices: Set<String> { names.union(picture.services.keys) }

    private var hasStates: Bool {
        loops.values.contains { $0.topic != .catalog && $0.refusal == nil }
    }

    /// Reads all services again: at once where they are few, else in turn but soon.
    private mutating func reread() {
        let pause = Duration.milliseconds(500 + names.count * 10)
        guard output.now - lastReread >= pause else {
            wantsReread = true
            return
        }
        (lastReread, wantsReread) = (output.now, false)
        if isSmall {
            errands.add(allServices)
        } else if errands.pressing == 0 {
            errands.press(allServices.sorted())
        }
    }

    private mutating func refused(
        _ topic: ConsulTopic, _ error: FeedError,
        _ group: inout ThrowingTaskGroup<ConsulFinding, any Error>
    ) throws {
        loops[topic]?.refused(error)
        if topic == .state(.any), loops[.state(.critical)] == nil {
            for state in [ConsulState.critical, .warning] {
                openLoop(state)
                ask(.state(state), &group)
            }
        }
        guard loops.values.contains(where: { $0.refusal == nil }) else { throw error }
        ask(topic, &group)
    }

    private func ask(
        _ topic: ConsulTopic, _ group: inout ThrowingTaskGroup<ConsulFinding, any Error>
    ) {
        guard let loop = loops[topic] else { return }
        group.addTask { [consul, output, note, outputLimit] in
            if loop.rest > .zero { try await output.pause(for: loop.rest) }
            let asked = output.now
            func isKnown(_ answer: ConsulAnswer) -> Bool {
                loop.index.stands(at: answer.index, after: output.now - asked)
            }
            do {
                switch topic {
                case .catalog:
                    let reading = try await persisting(output) { tries in
                        try await consul.names(
                            index: tries == 0 ? loop.index.value : nil, isStale: note.isStale,
                            unless: isKnown)
                    }
                    return .names(reading, asked: asked)
                case .state(let state):
                    let reading = try await persisting(output) { tries in
                        try await consul.checks(
                            in: state, index: tries == 0 ? loop.index.value : nil,
                            isStale: note.isStale, outputLimit: outputLimit, unless: isKnown)
                    }
                    return .checks(state, reading, asked: asked)
                }
            } catch let error as FeedError where error.isRefusal {
                return .refused(topic, error)
            }
        }
    }

    private mutating func askErrands(
        _ group: inout ThrowingTaskGroup<ConsulFinding, any Error>
    ) {
        let services = errands.take(64)
        group.addTask { [consul, output, note, outputLimit] in
            .errand(
                try await consul.fetch(
                    services, width: 16, isStale: note.isStale, outputLimit: outputLimit,
                    output: output))
        }
    }

    /// A few services every two seconds; many at a time while the first addresses are awaited.
    ///
    /// In a very large fleet nobody waits for them, and four a second neither cost the server
    /// nor us anything to speak of: the sick come first. They come many at once, because each
    /// answer that brings something new is a new world, and a new frame.
    private mutating func askInTurn(
        _ group: inout ThrowingTaskGroup<ConsulFinding, any Error>
    ) {
        let isPatient = names.count <= Self.patientFleet
        let (count, rest): (Int, Duration) =
            switch (errands.pressing > 0, isPatient) {
            case (true, true): (32, note.isPartial ? .zero : .milliseconds(300))
            case (true, false): (64, .seconds(15))
            case (false, _): (max(1, min(6, names.count / 60)), .seconds(2))
            }
        if errands.isTurnOver { errands.beginTurn(allServices.sorted()) }
        let services = errands.nextInTurn(count)
        group.addTask { [consul, output, note, outputLimit] in
            if rest > .zero { try await output.pause(for: rest) }
            return .turn(
                try await consul.fetch(
                    services, width: 16, isStale: note.isStale, outputLimit: outputLimit,
                    output: output))
        }
    }
}
