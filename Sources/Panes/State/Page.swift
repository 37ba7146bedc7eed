// Page: one place, and where the viewer is on it; going back finds it as it was.
import Drawing
import Events

package struct Page: Sendable {
    package let place: Place
    /// Nil for the first list.
    var focus: SectionKind?
    var isZoomed = false
    var lists: [SectionKind: ListState] = [:]
    /// The lines of a page that is only read, kept between frames.
    var text: [[Span]] = []

    init(_ place: Place) {
        self.place = place
    }

    func focused(_ scene: Scene) -> SectionKind {
        let kinds = place.sections(scene).filter(\.isList)
        if let focus, kinds.contains(focus) { return focus }
        return kinds.first ?? .text
    }
}

extension Place {
    /// What the page is made of; parts of the world that nobody watches are left out.
    func sections(_ scene: Scene) -> [SectionKind] {
        switch self {
        case .view(.overview):
            (scene.watches(.registry) || !scene.watches(.traces) ? [.services] : [.traffic])
                + (scene.watches(.sagas) ? [.sagas] : []) + [.feeds, .changes]
        case .view(.registry), .about(.registry, _), .about(.overview, _): [.registry]
        case .view(.config), .about(.config, _): [.configurations]
        case .view(.sagas), .about(.sagas, _): [.sagas]
        case .view(.traces), .about(.traces, _): [.traffic, .heat]
        case .view(.feeds), .about(.feeds, _): [.feeds]
        case .service: card(scene)
        case .saga: [.summary, .steps]
        case .dependencies: [.summary, .calls]
        case .changes: [.changes]
        case .raw, .help, .messages: [.text]
        }
    }

    private func card(_ scene: Scene) -> [SectionKind] {
        [.summary, .instances]
            + (scene.watches(.traces) ? [.operations, .calls] : [])
            + (scene.watches(.sagas) ? [.sagas] : [])
            + (scene.watches(.config) ? [.configurations] : [])
            + [.changes]
    }
}
