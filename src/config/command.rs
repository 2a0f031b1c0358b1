//! Everything a key can do.

/// Makes the enum, the names by which a config file calls the commands, and the words of the help page from one table.
macro_rules! commands {
    ($($variant:ident $name:literal $help:literal,)*) => {
        /// What a key does.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Command {
            $(#[doc = $help] $variant,)*
        }

        impl Command {
            /// All of them, in the order of the help page.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in a config file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, in a few words.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

commands! {
    Down "down" "down",
    Up "up" "up",
    HalfPageDown "half_page_down" "half a page down",
    HalfPageUp "half_page_up" "half a page up",
    PageDown "page_down" "a page down",
    PageUp "page_up" "a page up",
    First "first" "to the beginning",
    Last "last" "to the end",
    NextPane "next_pane" "next pane",
    PreviousPane "previous_pane" "previous pane",
    PaneLeft "pane_left" "pane to the left",
    PaneRight "pane_right" "pane to the right",
    Open "open" "open, choose",
    Accept "accept" "accept",
    Include "include" "must be mentioned",
    Exclude "exclude" "must not be mentioned",
    AllOrAny "all_or_any" "all of them, or any",
    ClearChoice "clear_choice" "empty it",
    NewLine "new_line" "new line",
    FilterBy "filter_by" "filter by the chosen one",
    NextQuote "next_quote" "next quote",
    PreviousQuote "previous_quote" "previous quote",
    NextMatch "next_match" "next match, mention or quote",
    PreviousMatch "previous_match" "previous match, mention or quote",
    NextArticle "next_article" "next article",
    PreviousArticle "previous_article" "previous article",
    Bookmark "bookmark" "bookmark the quote; again: its note",
    Bookmarks "bookmarks" "all bookmarks",
    EditNote "edit_note" "edit the note",
    Delete "delete" "delete",
    Undo "undo" "undo the deletion",
    CopyQuote "copy_quote" "copy the quote with its source",
    CopyLink "copy_link" "copy the address, or the source",
    OpenLink "open_link" "open in the browser",
    Star "star" "star the article",
    ToggleRead "toggle_read" "mark read or unread",
    AllRead "all_read" "mark all listed as read",
    Search "search" "search the list, or the text",
    Complete "complete" "put in what is offered",
    KeepSearch "keep_search" "keep the search as a watch",
    Tags "tags" "tag the article",
    Country1 "country_1" "filter by country 1 of the sidebar",
    Country2 "country_2" "filter by country 2",
    Country3 "country_3" "filter by country 3",
    Country4 "country_4" "filter by country 4",
    Country5 "country_5" "filter by country 5",
    Country6 "country_6" "filter by country 6",
    Country7 "country_7" "filter by country 7",
    Country8 "country_8" "filter by country 8",
    Country9 "country_9" "filter by country 9",
    Countries "countries" "choose countries",
    Officials "officials" "choose officials",
    Dates "dates" "choose dates",
    OnlyUnread "only_unread" "only unread articles",
    OnlyStarred "only_starred" "only starred articles",
    Versions "versions" "all versions of the story; again: back",
    ClearFilter "clear_filter" "clear the filter",
    Sort "sort" "sort otherwise",
    Zen "zen" "only the text",
    Feeds "feeds" "all feeds",
    RefreshFeeds "refresh_feeds" "refresh all feeds; again: stop",
    RefreshFeed "refresh_feed" "refresh this feed",
    PickFeeds "pick_feeds" "pick from well-known feeds",
    AddFeed "add_feed" "add a feed by its address, or that of its site",
    Messages "messages" "what was said so far",
    Help "help" "these keys",
    Redraw "redraw" "draw the screen anew",
    Suspend "suspend" "suspend to the shell",
    Cancel "cancel" "cancel, clear, go back",
    Back "back" "back; at the list: leave",
    Quit "quit" "leave at once",
}

impl Command {
    /// The command of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Which country of the sidebar a digit command toggles: 0 for the first.
    pub fn country_index(self) -> Option<usize> {
        let first = Self::Country1 as usize;
        (self as usize).checked_sub(first).filter(|&index| index < 9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_command() {
        for &command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(command));
        }
    }

    #[test]
    fn the_digits_count_from_the_first_country() {
        assert_eq!(Command::Country1.country_index(), Some(0));
        assert_eq!(Command::Country9.country_index(), Some(8));
        assert_eq!(Command::Countries.country_index(), None);
        assert_eq!(Command::Search.country_index(), None);
    }
}
