// The screens of an incident, as pictures at three sizes.
import Drawing
import TestKit
import Testing
import WorldModel

@testable import Panes

struct ScreenTests {
    @Test(arguments: [Size.small, .large, .folded])
    func `the overview joins what every world knows`(size: Size) throws {
        try expectSnapshot(
            Screen.draw(incident(), UIState(), size: size),
            named: "overview-\(size.width)x\(size.height)")
    }
}
