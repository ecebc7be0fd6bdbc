//! Colours as numbers: how light they are, how well one reads on another, how far apart two look.
//!
//! Contrast is that of WCAG 2; nearness is the distance in OKLab, which follows the eye well enough and needs no table.

/// A colour of the sRGB cube, 0 to 255 a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour where equal steps look about equal: lightness 0 to 1, green to red, blue to yellow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklab {
    /// Lightness, 0 black to 1 white.
    pub l: f64,
    /// From green (below 0) to red.
    pub a: f64,
    /// From blue (below 0) to yellow.
    pub b: f64,
}

impl Rgb {
    /// The three channels as light, 0 to 1.
    #[must_use]
    pub fn light(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The colour of that much light a channel; what lies outside of the cube is cut off.
    #[must_use]
    pub fn from_light(light: [f64; 3]) -> Self {
        let [r, g, b] = light.map(|c| {
            let c = c.clamp(0.0, 1.0);
            let c = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            (c * 255.0).round() as u8
        });
        Self(r, g, b)
    }

    /// Relative luminance as WCAG defines it, 0 to 1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.light();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1 (none) to 21 (black and white).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        contrast_of(self.luminance(), other.luminance())
    }

    /// The same colour in OKLab.
    #[must_use]
    pub fn oklab(self) -> Oklab {
        let [r, g, b] = self.light();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        Oklab {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }

    /// This colour, moved towards `other`: 0 stays, 1 is there.
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        let (one, two) = (self.oklab(), other.oklab());
        let between = |a: f64, b: f64| a + (b - a) * share;
        Oklab { l: between(one.l, two.l), a: between(one.a, two.a), b: between(one.b, two.b) }.rgb()
    }
}

/// Contrast of two luminances, 1 to 21.
#[must_use]
pub fn contrast_of(one: f64, two: f64) -> f64 {
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

impl Oklab {
    /// The nearest colour of the sRGB cube, channel by channel.
    #[must_use]
    pub fn rgb(self) -> Rgb {
        let l = (self.l + 0.396_337_777_4 * self.a + 0.215_803_757_3 * self.b).powi(3);
        let m = (self.l - 0.105_561_345_8 * self.a - 0.063_854_172_8 * self.b).powi(3);
        let s = (self.l - 0.089_484_177_5 * self.a - 1.291_485_548_0 * self.b).powi(3);
        Rgb::from_light([
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ])
    }

    /// How different the two look: 0 the same, 1 black and white; below some 0.02 nobody sees it.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        ((self.l - other.l).powi(2) + (self.a - other.a).powi(2) + (self.b - other.b).powi(2)).sqrt()
    }

    /// The middle of several colours. `None` of none.
    #[must_use]
    pub fn middle(of: &[Self]) -> Option<Self> {
        let n = of.len() as f64;
        let mean = |channel: fn(&Self) -> f64| of.iter().map(channel).sum::<f64>() / n;
        (!of.is_empty()).then(|| Self { l: mean(|c| c.l), a: mean(|c| c.a), b: mean(|c| c.b) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(Rgb(0x76, 0x76, 0x76)) - 4.54).abs() < 0.01);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn oklab_has_its_published_values() {
        let red = Rgb(255, 0, 0).oklab();
        assert!((red.l - 0.628).abs() < 1e-3 && (red.a - 0.225).abs() < 1e-3 && (red.b - 0.126).abs() < 1e-3);
        assert!((Rgb(255, 255, 255).oklab().l - 1.0).abs() < 1e-3);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_colour(r: u8, g: u8, b: u8) {
            prop_assert_eq!(Rgb(r, g, b).oklab().rgb(), Rgb(r, g, b));
        }

        #[test]
        fn contrast_and_distance_go_both_ways(a: (u8, u8, u8), b: (u8, u8, u8)) {
            let (a, b) = (Rgb(a.0, a.1, a.2), Rgb(b.0, b.1, b.2));
            prop_assert_eq!(a.contrast(b), b.contrast(a));
            prop_assert!((a.oklab().distance(b.oklab()) - b.oklab().distance(a.oklab())).abs() < 1e-12);
            prop_assert!((1.0..=21.000_001).contains(&a.contrast(b)));
        }
    }
}
