//! From drawing annotations to drawings: how a cell is shown, which no verdict knows.

use super::Checked;
use super::names::{Compiler, Environment};
use crate::model::{Drawing, Shape};
use crate::syntax::tree::{self, Name};

impl<'r> Compiler<'r> {
    pub(super) fn drawing(
        &mut self,
        drawing: &'r tree::Drawing,
        environment: &Environment<'r>,
    ) -> Checked<Drawing> {
        let copy_of = match &drawing.copy_of {
            None => None,
            Some(place) => Some(self.place(place, environment)?.0),
        };
        Ok(Drawing {
            shape: self.shape(&drawing.shape)?,
            parent: drawing.beside.as_ref().map(|name| name.node.clone()),
            points_to: match &drawing.points_to {
                Some(name) => Some(self.shape(name)?),
                None => None,
            },
            copy_of,
            levels: drawing.under.iter().map(|name| name.node.clone()).collect(),
        })
    }

    fn shape(&mut self, name: &Name) -> Checked<Shape> {
        const SHAPES: [(&str, Shape); 8] = [
            ("table-entry", Shape::TableEntry),
            ("frame", Shape::Frame),
            ("struct-page", Shape::StructPage),
            ("section", Shape::Section),
            ("flag", Shape::Flag),
            ("register", Shape::Register),
            ("lock", Shape::Lock),
            ("plain", Shape::Plain),
        ];
        match SHAPES.iter().find(|(word, _)| *word == name.node) {
            Some(&(_, shape)) => Ok(shape),
            None => Err(self.unknown(name, "shape", &SHAPES.map(|it| it.0))),
        }
    }
}
