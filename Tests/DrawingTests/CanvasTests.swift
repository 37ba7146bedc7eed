import Drawing
import TestKit
import Testing

struct CanvasTests {
    @Test func `what falls outside is clipped`() {
        var canvas = Canvas(Size(4, 1))
        canvas.write("payment", x: 0, y: 0)
        canvas.write("below", x: 0, y: 1)
        #expect(canvas.text == "paym")
    }
}
