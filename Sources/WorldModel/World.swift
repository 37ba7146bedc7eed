// World: everything clawtop knows at one instant.
package import Events

package struct World: Sendable {
    package init() {}
    package mutating func apply(_ envelope: Envelope) {}
}
