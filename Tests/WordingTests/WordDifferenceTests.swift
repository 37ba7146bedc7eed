import Testing
import Wording

struct WordDifferenceTests {
    @Test(arguments: [
        ("cart is up", "cart is down", "cart is [-up-]{+down+}"),
        ("up", "up", "up"),
        ("", "all new", "{+all new+}"),
        ("5% of 10", "7% of 10 requests", "[-5-]{+7+}% of 10{+ requests+}"),
    ])
    func `words that changed are marked where they stand`(old: String, new: String, text: String) {
        #expect(wordDifference(from: old, to: new) == text)
    }
}
