// BookkeeperSettings: where alerts are written down, and who we are there.
package import AlertStores
package import Events

package struct BookkeeperSettings: Sendable {
    /// Opens the store; called again after a while where it throws.
    package var open: @Sendable () async throws(StoreError) -> any AlertStore
    package var person: Person
    /// Unique among clawtops that run: `ada@laptop/4711`.
    package var observer: String
    package var policy: AcknowledgementPolicy
    /// Nothing is written at all: alerts are only looked at.
    package var isReadOnly: Bool

    package init(
        person: Person, observer: String, policy: AcknowledgementPolicy = AcknowledgementPolicy(),
        isReadOnly: Bool = false,
        open: @escaping @Sendable () async throws(StoreError) -> any AlertStore
    ) {
        (self.person, self.observer, self.policy) = (person, observer, policy)
        (self.isReadOnly, self.open) = (isReadOnly, open)
    }
}
