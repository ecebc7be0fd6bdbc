//! Typing into lines, pickers and forms.

use crate::screen::app::App;
use crate::screen::command::rows;
use crate::screen::layers::{self, Layer, choose, form, prompt};
use crate::screen::widgets::input::Input;

rows! { TYPING: Program;
    "line-left" "Left" "" Line ["<Left>"] "" => |app| line(app, |input| input.step(false, false));
    "line-right" "Right" "" Line ["<Right>"] "" => |app| line(app, |input| input.step(true, false));
    "line-word-left" "A word left" "" Line ["<C-Left>" "<A-b>"] "" => |app| line(app, |input| input.step(false, true));
    "line-word-right" "A word right" "" Line ["<C-Right>" "<A-f>"] "" => |app| line(app, |input| input.step(true, true));
    "line-start" "Start" "" Line ["<Home>"] "" => |app| line(app, |input| input.edge(false));
    "line-end" "End" "" Line ["<End>" "<C-e>"] "" => |app| line(app, |input| input.edge(true));
    "line-delete-back" "Delete the character before" "" Line ["<BS>" "<C-h>"] "" => |app| edit(app, |input| input.delete(false, false));
    "line-delete" "Delete the character after" "" Line ["<Del>"] "" => |app| edit(app, |input| input.delete(true, false));
    "line-delete-word" "Delete the word before" "" Line ["<C-w>" "<A-BS>"] "" => |app| edit(app, |input| input.delete(false, true));
    "line-delete-all" "Delete all before" "" Line ["<C-u>"] "" => |app| edit(app, Input::delete_to_start);
    "prompt-accept" "Accept" "accept" Prompt ["<Enter>"] "" => prompt::accept;
    "prompt-cancel" "Leave it" "leave it" Prompt ["<Esc>" "<C-c>"] "" => prompt::cancel;
    "pick-accept" "Choose" "choose" Picker ["<Enter>"] "" => choose::accept;
    "pick-cancel" "Leave it" "leave it" Picker ["<Esc>" "<C-c>"] "" => |app| { app.close(); };
    "pick-down" "Next" "" Picker ["<Down>" "<C-n>"] "" => |app| pick(app, |picker| picker.step(1));
    "pick-up" "Previous" "" Picker ["<Up>" "<C-p>"] "" => |app| pick(app, |picker| picker.step(-1));
    "pick-page-down" "A page down" "" Picker ["<PageDown>"] "" => |app| pick(app, |picker| picker.step(10));
    "pick-page-up" "A page up" "" Picker ["<PageUp>"] "" => |app| pick(app, |picker| picker.step(-10));
    "pick-last" "Last: the new code" "" Picker ["<A-Enter>" "<C-End>"] "" => |app| pick(app, |picker| picker.edge(true));
    "pick-mark" "Mark several" "mark several" Picker ["<Tab>"] "" => |app| pick(app, layers::picker::Picker::mark);
    "pick-space" "Mark; while a name is typed, a space" "" Picker ["<Space>"] "" => space;
    "form-leave" "Leave the form, saved" "save and close" Form ["<Esc>"] "" => form::leave;
    "form-next" "Next field" "next field" Form ["<Tab>"] "" => |app| turn(app, false);
    "form-previous" "Previous field" "" Form ["<S-Tab>"] "" => |app| turn(app, true);
}

fn line(app: &mut App, f: impl FnOnce(&mut Input)) {
    if let Some(input) = app.layers.last_mut().and_then(Layer::input) {
        f(input);
    }
}

fn edit(app: &mut App, f: impl FnOnce(&mut Input)) {
    line(app, f);
    layers::typed(app);
}

fn pick(app: &mut App, f: impl FnOnce(&mut layers::picker::Picker)) {
    if let Some(Layer::Picker(picker)) = app.layers.last_mut() {
        f(picker);
    }
}

fn space(app: &mut App) {
    if let Some(Layer::Picker(picker)) = app.layers.last_mut() {
        if picker.space_marks() {
            picker.mark();
        } else {
            picker.input.insert(" ");
            layers::typed(app);
        }
    }
}

fn turn(app: &mut App, back: bool) {
    if let Some(Layer::Form(form)) = app.layers.last_mut() {
        form.turn(back);
    }
}
