// ConsulWatch: what one run of the feed knows of its Consul, and how it learns it first.
import Events

/// From the first picture until the feed cannot go on, or the server began anew.
struct ConsulWatch {
    /// Up to here each service is asked for itself: that is complete and exact at once.
    static let smallFleet = 500
    /// Up to here the first answer waits for all addresses, as long as the deadline allows.
    static let patientFleet = 2500
    /// Up to here the list of all checks is short enough to be read at each change.
    static let shortList = 1000
    /// Up to here the sick services of a large fleet are read before the first picture is told.
    static let fewSick = 200

    let consul: ConsulServer
    let output: any FeedOutput
    let interval: Duration?
    private let id: FeedID

    var picture = ConsulPicture()
    var names: Set<String> = []
    var sidecars: [String: Int] = [:]
    var views: [ConsulState: ConsulView] = [:]
    var loops: [ConsulTopic: ConsulLoop] = [:]
    var errands = ConsulErrands()
    var refusedServices: Set<String> = []
    var note = ConsulNote()
    var lastReread: Instant
    private let began: Instant
    var wantsReread = false
    /// Loops that answered since ``FeedOutput/answered(_:)`` was last told.
    private var fresh: Set<ConsulTopic> = []
    private var toldNote: String?

    init(
        _ consul: ConsulServer, _ id: FeedID, _ output: any FeedOutput, interval: Duration?
    ) {
        (self.consul, self.id, self.output, self.interval) = (consul, id, output, interval)
        began = output.now
        lastReread = began
    }

    var isSmall: Bool { names.count <= Self.smallFleet }
    /// Outputs of a large fleet are cut shorter: there are too many to keep.
    var outputLimit: Int { isSmall ? 4096 : 400 }

    /// Tells the complete list, as fast as the size of the fleet allows.
    mutating func begin() async throws {
        let catalog = try await readCatalog()
        let checks = try await readAllChecks()
        if isSmall {
            try await readAllServices(besides: checks)
        } else {
            picture = ConsulPicture(of: checks, leavingOut: Self.looksLikeSidecar)
            if picture.services.isEmpty {
                try await readAllServices(besides: [])
            } else {
                try await readSickServices()
            }
        }
        try checkSight(catalog)
        openLoops(checks)
        let listings = picture.services.keys.sorted().map(picture.listing)
        await output.emit(.registry(id, .listed(listings)))
        await tell(about: nil)
    }

    /// The sick first, then those of which nothing is known.
    private func rank(_ service: String) -> Int {
        picture.isSick(service) ? 0 : picture.services[service] == nil ? 1 : 2
    }

    private mutating func readCatalog() async throws -> ConsulAnswer? {
        do {
            let reading = try await persisting(output) { [consul] _ in
                try await consul.names()
            }
            names = Set(reading.value ?? [])
            loops[.catalog] = ConsulLoop(.catalog, after: reading.answer, interval: interval)
            observe(reading.answer)
            return reading.answer
        } catch let error as FeedError where error.isRefusal {
            loops[.catalog] = ConsulLoop(.catalog, interval: interval)
            loops[.catalog]?.refused(error)
            return nil
        }
    }

    /// All checks of all services: the first picture of a large fleet, and a small one's index.
    private mutating func readAllChecks() async throws -> [ConsulCheck] {
        let (isStale, limit) = (note.isStale, outputLimit)
        do {
            let reading = try await persisting(output) { [consul] _ in
                try await consul.checks(in: .any, isStale: isStale, outputLimit: limit)
            }
            observe(reading.answer)
            loops[.state(.any)] = ConsulLoop(
                .state(.any), after: reading.answer, interval: interval)
            views[.any] = ConsulView()
            let checks = reading.value ?? []
            _ = views[.any]?.take(checks)
            return checks
        } catch let error as FeedError where error.isRefusal {
            if let refusal = loops[.catalog]?.refusal { throw refusal }
            openLoop(.any)
            loops[.state(.any)]?.refused(error)
            return []
        }
    }

    /// Asks for each service; where that is refused the list of all checks has to do.
    private mutating func readAllServices(besides checks: [ConsulCheck]) async throws {
        let known = names.union(views[.any]?.services ?? [])
        let fetched = try await consul.fetch(
            known.sorted(), width: 32, isStale: note.isStale, outputLimit: outputLimit,
            output: output)
        _ = take(fetched)
        let substitute = ConsulPicture(of: checks, leavingOut: Self.looksLikeSidecar)
        for service in refusedServices {
            _ = picture.replace(service, with: substitute.services[service] ?? [])
        }
        let effect = picture.apply(checks)
        errands.add(effect.unknown.filter(isReadable))
        let refusals = fetched.compactMap { $0.result.error }
        if picture.services.isEmpty, let first = refusals.first, refusals.count == fetched.count {
            throw first
        }
    }

    /// A list of checks has no instance without one: what is sick is read whole before anybody is
    /// called because all of it is, where it is not most of the fleet.
    private mutating func readSickServices() async throws {
        let sick = picture.services.keys.filter(picture.isSick)
        guard sick.count <= Self.fewSick else { return }
        let fetched = try await consul.fetch(
            sick.sorted(), width: 32, isStale: note.isStale, outputLimit: outputLimit,
            output: output)
        _ = take(fetched.filter { $0.result.error == nil })
    }

    private static func looksLikeSidecar(_ service: String) -> Bool {
        service.hasSuffix("-sidecar-proxy")
    }

    /// An empty world is told only where nothing hides it.
    private func checkSight(_ catalog: ConsulAnswer?) throws(FeedError) {
        guard picture.services.isEmpty, sidecars.isEmpty else { return }
        let words: String
        if let catalog, catalog.isDeniedByDefault, !consul.hasToken {
            words = "its policy is to deny, and we have no token"
        } else if note.isFiltered {
            words = "ACLs leave nothing for us to see"
        } else {
            return
        }
        throw .refused(
            address: consul.server.address, path: ConsulServer.catalog, status: 403, words: words)
    }

    private mutating func openLoops(_ checks: [ConsulCheck]) {
        if !isSmall, refusedServices.isEmpty {
            note.isPartial = true
            // Services without any check are in no list of them.
            let unseen = names.filter { picture.services[$0] == nil && !Self.looksLikeSidecar($0) }
            if unseen.count <= Self.shortList { errands.add(unseen) }
            let ranked = names.union(picture.services.keys).map { (rank: rank($0), name: $0) }
            errands.press(ranked.sorted { $0 < $1 }.map(\.name))
        }
        if loops[.state(.any)]?.refusal == nil {
            guard checks.count > Self.shortList else { return }
            (loops[.state(.any)], views[.any]) = (nil, nil)
        }
        for state in [ConsulState.critical, .warning] { openLoop(state) }
    }

    mutating func openLoop(_ state: ConsulState) {
        loops[.state(state)] = ConsulLoop(.state(state), interval: interval)
    }

    /// Takes from an answer's head what concerns all of them.
    mutating func observe(_ answer: ConsulAnswer) {
        if answer.isFiltered { note.isFiltered = true }
        note.isStale = answer.isStale && (answer.lostLeader || !answer.hearsLeader)
    }

    /// Takes complete lists of services; gives the names of those that changed.
    ///
    /// A list that the catalog's newer answer overtook is not taken.
    mutating func take(_ fetched: [ConsulFetched]) -> Set<String> {
        var changed: Set<String> = []
        for fetched in fetched {
            switch fetched.result {
            case .success(let reading):
                observe(reading.answer)
                refusedServices.remove(fetched.service)
                let count = reading.value.sidecars
                let instances = reading.value.instances
                guard instances.isEmpty || isKnown(fetched.service) else { continue }
                sidecars[fetched.service] = count == 0 ? nil : count
                if picture.replace(fetched.service, with: instances) {
                    changed.insert(fetched.service)
                }
            case .failure:
                refusedServices.insert(fetched.service)
            }
        }
        return changed
    }

    /// Whether the catalog or a list of checks names the service.
    func isKnown(_ service: String) -> Bool {
        loops[.catalog]?.refusal != nil || names.contains(service)
            || views.values.contains { $0.services.contains(service) }
    }

    func isReadable(_ service: String) -> Bool {
        !refusedServices.contains(service) && sidecars[service] == nil && !service.isEmpty
    }

    /// Tells what became of the services in `changed`.
    func emit(_ changed: Set<String>) async {
        guard !changed.isEmpty else { return }
        let (there, gone) = (
            changed.filter { picture.services[$0] != nil }.sorted(),
            changed.filter { picture.services[$0] == nil }.sorted()
        )
        await output.emit(.registry(id, .changed(there.map(picture.listing), gone: gone)))
    }

    /// Whether an answer without some addresses is better than none.
    private var isOutOfPatience: Bool {
        names.count > Self.patientFleet || output.now - began >= consul.server.deadline * 0.7
    }

    /// Says that the picture is as of now, once all loops have answered, or when the note changes.
    mutating func tell(about topic: ConsulTopic?) async {
        if let topic { fresh.insert(topic) }
        guard !note.isPartial || isOutOfPatience else { return }
        note.sidecars = sidecars.values.reduce(0, +)
        note.refusedServices = refusedServices.sorted()
        note.refused = loops.values.filter { $0.refusal != nil }.map(\.topic.name).sorted()
        let text = note.text(services: picture.services.count, instances: picture.instanceCount)
        let isRound = loops.values.allSatisfy { $0.refusal != nil || fresh.contains($0.topic) }
        guard text != toldNote || isRound else { return }
        (toldNote, fresh) = (text, [])
        await output.answered(text)
    }
}

extension Result where Success: Sendable {
    fileprivate var error: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
