"""How forms are laid out. The narrow layout is for fewer than 64 columns."""

from __future__ import annotations

FORM_CSS = """
FormScreen #fields { height: 1fr; padding: 0 1 0 1; scrollbar-size-vertical: 1; }
FormScreen .row { height: auto; }
FormScreen .line { height: auto; }
FormScreen .prompt { height: auto; color: $text-muted; }
FormScreen .preamble { height: auto; margin: 0 0 1 0; text-style: italic; }
FormScreen .label { height: 1; }
FormScreen .beside { width: 28; margin: 0 0 0 1; display: none; }
FormScreen .beside.-used { display: block; }
FormScreen Input { height: 1; border: none; padding: 0; width: 1fr; }
FormScreen TextArea {
  height: auto; min-height: 2; max-height: 8; border: none; padding: 0; width: 1fr;
}
FormScreen.form-touchpoint .kind-note TextArea { min-height: 4; }
FormScreen .kind-note { margin: 0 0 1 0; }
FormScreen .chooser { width: 1fr; }
FormScreen .problem { color: $error; height: auto; padding: 0 0 0 2; }
FormScreen #understood { display: none; }
FormScreen.-narrow #understood { display: block; }
FormScreen.-narrow .beside.-used { display: none; }
FormScreen #below {
  height: auto; max-height: 4; padding: 0 1; color: $text-muted; display: none;
}
FormScreen #message { height: auto; max-height: 6; padding: 0 1; display: none; }
FormScreen #message.-bad { color: $error; }
FormScreen FollowUps { height: auto; width: 1fr; }
FormScreen FollowUpLine { height: 1; }
FormScreen FollowUpLine .side { width: 5; }
FormScreen FollowUpLine .promised { width: 13; margin: 0 0 0 1; }
FormScreen FollowUpLine .by { width: 9; }
FormScreen FollowUpLine .by.-idle { visibility: hidden; }
FormScreen FollowUpLine .day { width: 10; margin: 0 0 0 1; }
FormScreen.-narrow FollowUpLine .promised { width: 4; }
FormScreen.-narrow FollowUpLine .by { width: 8; }
FormScreen.-narrow FollowUpLine .day { display: none; }
"""
