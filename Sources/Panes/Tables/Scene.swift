// Scene: what a section looks at: the world, and whom the page is about.
import Drawing
import Events
import WorldModel

/// A scene is handed down often; a world is some fifty references.
private final class Shown: Sendable {
    let world: World

    init(world: World) { self.world = world }
}

struct Scene {
    private let shown: Shown
    let place: Place
    /// What the page is made of.
    private(set) var sections: [SectionKind] = []
    var glyphs = Glyphs.unicode
    var isDemo = false
    var messages: [Message] = []
    /// The lines of a page that is only read.
    var text: [[Span]] = []
    /// The service that the page, or the column beside the list, is about.
    var subject: String?
    /// Alerts whose order is under way.
    var acking: Set<String> = []
    /// What was painted for the last frame, where there was one.
    var memory: PaintMemory?

    init(_ world: World, _ place: Place) {
        (shown, self.place, subject) = (Shown(world: world), place, place.service)
        if case .alert(let id) = place { subject = world.alerts[id]?.service }
        sections = place.sections(self)
    }

    var world: World { _read { yield shown.world } }

    func about(_ service: String?) -> Scene {
        var scene = self
        scene.subject = service
        return scene
    }

    var now: Instant { world.now }

    /// Nothing has been told yet, not even what is watched.
    var isStarting: Bool { now.milliseconds == 0 }

    /// There is something to say of alerts, even if it is that nothing fires.
    var hasRules: Bool {
        let alerts = world.alerts
        return !(alerts.rules.isEmpty && alerts.all.isEmpty && alerts.problems.isEmpty)
    }

    /// The name of the page in the header.
    var title: String {
        switch place {
        case .alert(let id): world.alerts[id]?.name ?? place.title
        case .rule(let id): world.alerts.rule(id).map { "rule \($0.name)" } ?? place.title
        default: place.title
        }
    }

    func watches(_ part: WatchedWorld) -> Bool {
        world.feeds.all.contains { $0.source.world == part }
    }

    /// How long ago, in words.
    func age(since moment: Instant) -> String { (now - moment).inWords }

    /// The service that a row belongs to.
    func service(of row: RowID) -> String? {
        switch row {
        case .service(let name): name
        case .instance(let instance), .check(let instance, _): instance.service
        case .operation(let service, _, _): service
        case .configuration(let id), .field(let id, _):
            world.config[id.feed, id.key]?.entry.service
        case .call(let caller, let callee): callee == subject ? caller : callee
        case .step(let saga, let name):
            world.sagas[saga.feed, saga.id].flatMap { entry in
                world.sagas.steps(of: entry.saga).first { $0.name == name }?.service
            }
        case .change(let number):
            world.changes[number].flatMap { world.registry[$0.subject]?.name }
        case .alert(let id): world.alerts[id]?.service
        case .alerts(let id): world.alerts.group(id)?.onlyService
        case .saga, .feed, .rule, .problem, .mute, .line: nil
        }
    }

    func instance(_ id: InstanceID) -> Instance? {
        world.registry[id.service]?.instances.first { $0.feed == id.feed && $0.told.id == id.id }
    }

    func name(of instance: Instance) -> String {
        world.registry[instance.told.service]?.name(of: instance) ?? instance.told.id
    }
}

extension AlertRecord {
    /// The service that it is about; nil where no label names one.
    var service: String? {
        let name = labels["service"]
        return name.isEmpty ? nil : name
    }
}
