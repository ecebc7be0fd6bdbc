//! Going from view to view.

use crate::screen::command::rows;
use crate::screen::views::{Showing, show};

rows! { VIEWS: Look;
    "view-code" "Code: read and code" "" Anywhere ["gC"] "transcript, document" => |app| show(app, Showing::Code);
    "view-rounds" "Rounds: who stands where" "" Anywhere ["gR"] "team, blind, intercoder, double coding" => |app| show(app, Showing::Rounds);
    "view-agreement" "Agreement: how far coders agree" "" Anywhere ["gA"] "reliability, kappa, alpha, ICA, IRR, coding comparison" => |app| show(app, Showing::Agreement);
    "view-reconcile" "Reconcile: walk the disagreements" "" Anywhere ["gD"] "consensus, adjudicate, disagreements" => |app| show(app, Showing::Reconcile);
    "view-framework" "Framework: cases by themes, a summary a cell" "" Anywhere ["gY"] "framework analysis, chart, summary grid" => |app| show(app, Showing::Framework);
    "view-words" "Words: how often, and in which context" "" Anywhere ["gW"] "word frequencies, word cloud, KWIC, concordance" => |app| show(app, Showing::Words);
    "view-landscape" "Where codes lie in the texts, and new codes by case" "" Anywhere ["gL"] "saturation, document portrait, codeline" => |app| show(app, Showing::Landscape);
    "view-extracts" "Extracts: the passages of any codes, and coding on" "" Anywhere ["gE"] "retrieve, query, coded segments, quotations, references" => |app| show(app, Showing::Extracts);
    "view-findings" "Findings: saved tables, how many of how many" "" Anywhere ["gT"] "count, frequency, table, cross-tab, codes-primary documents table" => |app| show(app, Showing::Findings);
    "view-codebook" "Codebook: codes, themes, cycles" "" Anywhere ["gB"] "themes, cycles, history, code manager" => |app| show(app, Showing::Codebook);
    "view-people" "People and cases: what is known of them" "" Anywhere ["gP"] "attributes, variables, classifications, document variables, participants" => |app| show(app, Showing::People);
}
