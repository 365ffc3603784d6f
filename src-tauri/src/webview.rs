//! What Linux's webview is told before it exists: WebKit and GTK read this from the environment, and offer nothing to call.
//! A version that does not know a name leaves it alone.

use crate::painting;
use webkit2gtk::glib;

/// A function of the page is compiled once it was called ten times; each call counts 15. While a window opens, those are
/// hundreds that are hardly called again, and the page waits for each to be put in the place of the interpreted one. What
/// was called five hundred times is worth it.
const CALLED_OFTEN: (&str, &str) = ("JSC_thresholdForBBQOptimizeAfterWarmUp", "8000");

/// Where nothing is painted by a graphics processor, one need not be looked for, and no imitation of one be loaded.
const WITHOUT_GRAPHICS: [(&str, &str); 2] = [("GDK_GL", "disable"), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];

/// First of all: while other threads run, the environment must not be written to.
pub(crate) fn prepare() {
    for (name, value) in told(painting::has_graphics_processor()) {
        // What a person set is left as it is.
        let _ = glib::setenv(name, value, false);
    }
}

fn told(has_graphics_processor: bool) -> Vec<(&'static str, &'static str)> {
    let mut told = vec![CALLED_OFTEN];
    if !has_graphics_processor {
        told.extend(WITHOUT_GRAPHICS);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::{WITHOUT_GRAPHICS, told};

    #[test]
    fn a_graphics_processor_is_used_where_there_is_one() {
        let with_one = told(true);
        assert!(WITHOUT_GRAPHICS.iter().all(|told| !with_one.contains(told)), "{with_one:?}");
        let without = told(false);
        assert!(WITHOUT_GRAPHICS.iter().all(|told| without.contains(told)), "{without:?}");
    }
}
