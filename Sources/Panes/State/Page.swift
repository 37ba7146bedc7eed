// Page: one place, and where the viewer is on it; going back finds it as it was.
import Drawing
import Events
import WorldModel

package struct Page: Sendable {
    package let place: Place
    /// Nil for the first list of those that are always there.
    var focus: SectionKind?
    var isZoomed = false
    var lists: [SectionKind: ListState] = [:]
    /// The lines of a page that is only read, kept between frames.
    var text: [[Span]] = []

    init(_ place: Place) {
        self.place = place
    }

    func focused(_ scene: Scene) -> SectionKind {
        let kinds = scene.sections
        if let focus, focus.isList, kinds.contains(focus) { return focus }
        return kinds.first { $0.isList && !$0.comesAndGoes } ?? kinds.first(where: \.isList)
            ?? .text
    }
}

extension Place {
    /// What the page is made of; parts of the world that nobody watches are left out.
    func sections(_ scene: Scene) -> [SectionKind] {
        switch self {
        case .view(.overview):
            (scene.hasRules ? [.alerts] : [])
                + (scene.watches(.registry) || !scene.watches(.traces) ? [.services] : [.traffic])
                + (scene.watches(.sagas) ? [.sagas] : []) + [.feeds, .changes]
        case .view(.registry), .about(.registry, _), .about(.overview, _): [.registry]
        case .view(.config), .about(.config, _): [.configurations]
        case .view(.sagas), .about(.sagas, _): [.sagas]
        case .view(.traces), .about(.traces, _): [.traffic, .heat]
        case .view(.feeds), .about(.feeds, _): [.feeds]
        case .view(.alerts), .about(.alerts, _): [.alerts]
        case .view(.mutes), .about(.mutes, _): [.mutes]
        case .view(.rules), .about(.rules, _):
            (scene.world.problems.isEmpty ? [] : [.problems]) + [.rules]
        case .service: card(scene)
        case .saga: [.summary, .steps]
        case .alert(let id):
            [.summary] + (scene.world.alerts[id]?.points == nil ? [] : [.course]) + [.text]
        case .rule(let id):
            [.text] + (scene.world.alerts.rule(id)?.isRecording == true ? [] : [.alerts])
        case .dependencies: [.summary, .calls]
        case .changes: [.changes]
        case .raw, .help, .messages: [.text]
        }
    }

    private func card(_ scene: Scene) -> [SectionKind] {
        [.summary]
            + (scene.subject.map(scene.world.alerts.open(of:))?.isEmpty == false ? [.alerts] : [])
            + [.instances]
            + (scene.watches(.traces) ? [.operations, .calls] : [])
            + (scene.watches(.sagas) ? [.sagas] : [])
            + (scene.watches(.config) ? [.configurations] : [])
            + [.changes]
    }
}
