//! The window: what is painted in it, and what a person does to it.

use crate::screens::{SETTINGS, Screen, Theme};
use anyhow::{Context, Result, bail};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Long enough for a loaded machine with two cores; what is shown normally takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// A picture of one colour, 1280 by 800, is 4 to 6 KB as PNG; the emptiest of our screens is over 20.
const LEAST_PICTURE_BYTES: usize = 12_000;

pub struct Window {
    client: Client,
}

const PULSE: &str = "let on = false; window.__pulse = setInterval(() => { on = !on; \
    document.body.style.outline = on ? '1px solid rgba(0, 0, 0, 0.002)' : ''; }, 20);";

impl Window {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Waits until something that matches `css` is painted, as long as is usual.
    pub async fn see(&self, css: &str) -> Result<()> {
        self.see_within(css, PATIENCE).await
    }

    pub async fn see_within(&self, css: &str, patience: Duration) -> Result<()> {
        let is_painted = "const it = document.querySelector(arguments[0]); \
             return !!it && it.getClientRects().length > 0;";
        self.until(&format!("{css} to be painted"), patience, is_painted, css, |value| value == true).await?;
        Ok(())
    }

    /// Waits until `script` (whose `arguments[0]` is `argument`) gives something that fits.
    pub async fn until(
        &self,
        what: &str,
        patience: Duration,
        script: &str,
        argument: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let value = self.run(script, vec![json!(argument)]).await?;
            if fits(&value) {
                return Ok(value);
            }
            if Instant::now() > deadline {
                let page = self.text("body").await.unwrap_or_default();
                let complaints = self.complaints().await.unwrap_or_default().join("\n");
                bail!(
                    "waited {} s for {what}; the page says:\n{page}\nand complains:\n{complaints}",
                    patience.as_secs()
                );
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// What is written in the first that matches; empty when nothing does.
    pub async fn text(&self, css: &str) -> Result<String> {
        let script = "const it = document.querySelector(arguments[0]); return it ? it.innerText : '';";
        let text = self.run(script, vec![json!(css)]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    pub async fn count(&self, css: &str) -> Result<u64> {
        let script = "return document.querySelectorAll(arguments[0]).length;";
        Ok(self.run(script, vec![json!(css)]).await?.as_u64().unwrap_or(0))
    }

    /// Waits for it, then clicks it as a mouse does: what lies under something else is not reached.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.see(css).await?;
        let element = self.client.find(Locator::Css(css)).await.with_context(|| format!("{css} is gone"))?;
        element.click().await.with_context(|| format!("{css} cannot be clicked"))
    }

    pub async fn type_into(&self, css: &str, text: &str) -> Result<()> {
        self.see(css).await?;
        let element = self.client.find(Locator::Css(css)).await.with_context(|| format!("{css} is gone"))?;
        element.clear().await?;
        element.send_keys(text).await.with_context(|| format!("{css} takes no text"))
    }

    /// A key, as the page hears it where no field has the focus.
    pub async fn press(&self, key: &str) -> Result<()> {
        let body = self.client.find(Locator::Css("body")).await?;
        body.send_keys(key).await.with_context(|| format!("the page does not hear {key}"))
    }

    /// Goes to a screen through the rail and waits until it shows what it has.
    pub async fn go_to(&self, screen: Screen) -> Result<()> {
        self.click(&format!("[data-testid='nav-{}']", screen.word)).await?;
        self.see(screen.shows).await
    }

    /// Chooses a theme the way a person does, in the settings.
    pub async fn light(&self, theme: Theme) -> Result<()> {
        self.go_to(SETTINGS).await?;
        self.click("[data-testid='tab-appearance']").await?;
        self.click(&format!("[data-testid='theme-{}']", theme.word())).await?;
        self.click("[data-testid='tab-phone-system']").await
    }

    /// Makes the window so large, and waits until the page is.
    pub async fn resize(&self, (width, height): (u32, u32), patience: Duration) -> Result<()> {
        let inner = "return [window.innerWidth, window.innerHeight];";
        let wanted = json!([width, height]);
        if self.run(inner, Vec::new()).await? == wanted {
            return Ok(());
        }
        self.client.set_window_size(width, height).await?;
        self.until(&format!("{width} by {height}"), patience, inner, "", |size| *size == wanted).await?;
        Ok(())
    }

    /// A picture (PNG) of what is painted. A blank window is an error.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        // The driver waits for the next frame, and a page at rest that the processor paints has none: something that nobody sees
        // moves meanwhile.
        self.run(PULSE, Vec::new()).await?;
        let picture = self.client.screenshot().await?;
        self.run("clearInterval(window.__pulse);", Vec::new()).await?;
        if picture.len() < LEAST_PICTURE_BYTES {
            bail!("the window is blank ({} bytes of picture)", picture.len());
        }
        Ok(picture)
    }

    /// What the page complained about since it was loaded: errors, refused sources, console errors.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let said = self.run("return window.__complaints;", Vec::new()).await?;
        let said = said.as_array().context("the app was not built to note the page's complaints")?;
        Ok(said.iter().map(|complaint| complaint.as_str().unwrap_or_default().to_owned()).collect())
    }

    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client.execute(script, arguments).await.context("the page did not answer")
    }

    /// Closes the window; the app ends with it.
    pub async fn close(self) -> Result<()> {
        self.client.close().await.context("the window could not be closed")
    }
}
