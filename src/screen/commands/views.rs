//! Going from view to view.

use crate::screen::command::rows;
use crate::screen::views::{Showing, show};

rows! { VIEWS: Look;
    "view-code" "Code: read and code" "" Anywhere ["gC"] "transcript, document" => |app| show(app, Showing::Code);
    "view-rounds" "Rounds: who stands where" "" Anywhere ["gR"] "team, blind, intercoder, double coding" => |app| show(app, Showing::Rounds);
    "view-agreement" "Agreement: how far coders agree" "" Anywhere ["gA"] "reliability, kappa, alpha, ICA, IRR, coding comparison" => |app| show(app, Showing::Agreement);
    "view-reconcile" "Reconcile: walk the disagreements" "" Anywhere ["gD"] "consensus, adjudicate, disagreements" => |app| show(app, Showing::Reconcile);
    "view-findings" "Findings: saved tables, how many of how many" "" Anywhere ["gT"] "count, frequency, table, cross-tab, codes-primary documents table" => |app| show(app, Showing::Findings);
    "view-codebook" "Codebook: codes, themes, cycles" "" Anywhere ["gB"] "themes, cycles, history, code manager" => |app| show(app, Showing::Codebook);
    "view-people" "People and cases: what is known of them" "" Anywhere ["gP"] "attributes, variables, classifications, document variables, participants" => |app| show(app, Showing::People);
}
