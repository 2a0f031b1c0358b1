//! Where the panes are. One pure function, used by `update` (how long is a page?) and `view` alike.

use ratatui::layout::Rect;

use super::state::Pane;

/// From this width the sidebar stands beside the text.
const WIDE: u16 = 100;
/// Below this width one pane shows at a time.
const NARROW: u16 = 60;
/// From this height a quote has a second line for who said it.
const TALL: u16 = 36;
/// Below this height the quotes give way to the text unless one is in them.
const LOW: u16 = 14;

/// What the places of the panes depend on besides the area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// The pane one is in.
    pub focus: Pane,
    /// Only the text.
    pub zen: bool,
    /// Quotes of the open article.
    pub n_quotes: usize,
}

/// The panes that are on the screen, frames included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Panes {
    /// The article list.
    pub list: Option<Rect>,
    /// The text.
    pub reader: Option<Rect>,
    /// The quotes.
    pub quotes: Option<Rect>,
    /// Countries, officials, organizations.
    pub sidebar: Option<Rect>,
    /// The bottom line.
    pub status: Option<Rect>,
    /// All but the bottom line.
    pub main: Rect,
}

impl Panes {
    /// The place of `pane`.
    pub fn of(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::List => self.list,
            Pane::Reader => self.reader,
            Pane::Quotes => self.quotes,
            Pane::Sidebar => self.sidebar,
        }
    }

    /// The pane at a place on the screen.
    pub fn at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|&pane| self.of(pane).is_some_and(|rect| rect.contains((column, row).into())))
    }
}

/// What a frame leaves of `pane`.
pub fn inside(pane: Rect) -> Rect {
    pane.inner(ratatui::layout::Margin::new(1, 1))
}

/// Where everything is.
pub fn layout(area: Rect, wish: Wish) -> Panes {
    let status_height = u16::from(area.height >= 3);
    let main = Rect { height: area.height - status_height, ..area };
    let status = (status_height == 1).then_some(Rect { y: main.bottom(), height: 1, ..area });
    let mut panes = Panes { status, main, ..Panes::default() };
    if wish.zen {
        panes.reader = Some(main);
    } else if area.width < NARROW {
        match wish.focus {
            Pane::List => panes.list = Some(main),
            Pane::Reader => panes.reader = Some(main),
            Pane::Quotes => panes.quotes = Some(main),
            Pane::Sidebar => panes.sidebar = Some(main),
        }
    } else {
        let (left, right) = side_widths(area.width);
        let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..main };
        let middle = column(left, area.width - left - right);
        if right > 0 {
            panes.list = Some(column(0, left));
            panes.sidebar = Some(column(area.width - right, right));
        } else if wish.focus == Pane::Sidebar {
            panes.sidebar = Some(column(0, left));
        } else {
            panes.list = Some(column(0, left));
        }
        (panes.reader, panes.quotes) = split_middle(middle, wish);
    }
    panes
}

/// Lines that a quote takes in its pane on a screen of that height.
pub fn quote_height(height: u16) -> u16 {
    if height >= TALL { 2 } else { 1 }
}

/// Cells of the left and right columns.
fn side_widths(width: u16) -> (u16, u16) {
    let share = |percent: u32| u16::try_from(u32::from(width) * percent / 100).unwrap_or(u16::MAX);
    if width < WIDE { (share(38).clamp(24, 34), 0) } else { (share(28).clamp(30, 52), share(18).clamp(22, 34)) }
}

/// The text above, its quotes below.
fn split_middle(middle: Rect, wish: Wish) -> (Option<Rect>, Option<Rect>) {
    if middle.height < LOW {
        return if wish.focus == Pane::Quotes { (None, Some(middle)) } else { (Some(middle), None) };
    }
    let lines = wish.n_quotes.max(1).saturating_mul(usize::from(quote_height(middle.height)));
    let wanted = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let height = wanted.min(middle.height * 3 / 10).max(3);
    // No half quotes at the bottom.
    let height = height - (height - 2) % quote_height(middle.height);
    let reader = Rect { height: middle.height - height, ..middle };
    let quotes = Rect { y: reader.bottom(), height, ..middle };
    (Some(reader), Some(quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: u16, height: u16, focus: Pane) -> Panes {
        layout(Rect::new(0, 0, width, height), Wish { focus, zen: false, n_quotes: 6 })
    }

    #[test]
    fn a_wide_screen_shows_everything() {
        let panes = at(160, 45, Pane::List);
        assert!(Pane::ALL.into_iter().all(|pane| panes.of(pane).is_some()));
        assert!(inside(panes.reader.unwrap()).width >= 80);
    }

    #[test]
    fn below_100_columns_the_sidebar_takes_the_lists_place_when_one_goes_there() {
        assert_eq!(at(99, 24, Pane::List).sidebar, None);
        let panes = at(80, 24, Pane::Sidebar);
        assert_eq!(panes.list, None);
        assert!(panes.sidebar.is_some() && panes.reader.is_some());
    }

    #[test]
    fn below_60_columns_one_pane_shows_at_a_time() {
        for pane in Pane::ALL {
            let panes = at(59, 24, pane);
            assert_eq!(Pane::ALL.into_iter().filter(|&other| panes.of(other).is_some()).collect::<Vec<_>>(), [pane]);
        }
    }

    #[test]
    fn panes_lie_inside_the_screen_and_never_overlap() {
        for width in [1, 2, 5, 24, 59, 60, 80, 99, 100, 101, 160, 400] {
            for height in [1, 2, 3, 4, 7, 13, 14, 15, 24, 45, 200] {
                for focus in Pane::ALL {
                    let area = Rect::new(0, 0, width, height);
                    let panes = at(width, height, focus);
                    let shown: Vec<Rect> =
                        Pane::ALL.into_iter().filter_map(|pane| panes.of(pane)).chain(panes.status).collect();
                    for (n, rect) in shown.iter().enumerate() {
                        assert_eq!(rect.intersection(area), *rect);
                        assert!(shown[n + 1..].iter().all(|other| !rect.intersects(*other)), "{width}x{height}");
                    }
                    assert!(panes.of(focus).is_some(), "the focused pane shows at {width}x{height}");
                }
            }
        }
    }
}
