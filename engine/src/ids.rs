//! Numbers that name things: one newtype for each table of a compiled model. Imports nothing.

use serde::Serialize;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($repr:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub $repr);

        impl $name {
            /// The position in the table that this number names.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// An actor instance, in the order of declaration.
    ActorId(u8)
);
id!(
    /// A cell of the state: a shared one, a local, or an actor's position.
    CellId(u16)
);
id!(
    /// A line of the flat step table.
    StepId(u16)
);
id!(
    /// An expression in the model's arena.
    ExprId(u32)
);
id!(
    /// A storage with a lifetime.
    StorageId(u8)
);
id!(
    /// A kind of violation, in the order of declaration.
    ViolationId(u8)
);
id!(
    /// A text with values in it.
    TextId(u16)
);
