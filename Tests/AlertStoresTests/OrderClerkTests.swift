// OrderClerkTests: an order is decided by what the store holds, not by what somebody saw.
import AlertStores
import Events
import Testing

struct OrderClerkTests {
    @Test func `Ids of entries have sixteen digits`() {
        #expect(LedgerEntry.newID().count == 16)
    }
}
