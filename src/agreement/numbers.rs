//! Small statistics that the standard library lacks: exact sums, quantiles of t and of beta, the binomial interval,
//! percentiles, and the generator that the bootstrap draws from. Nothing here knows what is counted.

use serde::Serialize;

/// The two-sided 95 % point of the normal distribution.
const Z975: f64 = 1.959_963_984_540_054;

/// The sum of `terms` without rounding in between (Shewchuk's partials), so that their order does not matter.
pub(super) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    // Partials do not overlap: 53 bits each, so that 40 of them span all that a number can be.
    let (mut partials, mut count) = ([0.0_f64; 48], 0);
    for term in terms {
        if !term.is_finite() {
            return term;
        }
        let mut x = term;
        let mut kept = 0;
        for at in 0..count {
            let y = partials[at];
            let (big, small) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
            let high = big + small;
            let low = small - (high - big);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials[kept] = x;
        count = kept + 1;
    }
    partials[..count].iter().rev().sum()
}

/// The natural logarithm of the gamma function, for `x` > 0.
fn ln_gamma(x: f64) -> f64 {
    // Stirling's series is good to the last digit from 15 on; below, the recurrence leads there.
    let (mut x, mut product) = (x, 1.0);
    while x < 15.0 {
        product *= x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The continued fraction of the incomplete beta function (Lentz).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let away = |value: f64| if value.abs() > 1e-300 { value } else { 1e-300 };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for step in 1..500_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for factor in [even, odd] {
            d = 1.0 / away(1.0 + factor * d);
            c = away(1.0 + factor / c);
            h *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The regularised incomplete beta function; `ln_beta` is that of `a` and `b`.
fn beta_cdf(x: f64, a: f64, b: f64, ln_beta: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let known = ln_beta(a, b);
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if beta_cdf(middle, a, b, known) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The .975 quantile of Student's t with `df` degrees of freedom, `df` ≥ 1.
pub(super) fn t975(df: u64) -> f64 {
    let n = df as f64;
    let z = Z975;
    let z2 = z * z;
    // The expansion in 1/df (Abramowitz & Stegun 26.7.5): exact to the last digits from 1000 on, a good start before.
    let g1 = z * (z2 + 1.0) / 4.0;
    let g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let g4 = z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
    let start = z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
    if df >= 1000 {
        return start;
    }
    // Newton's steps; the distribution is concave here, so that they end up coming from below.
    let known = ln_beta(n / 2.0, 0.5);
    let mut t: f64 = start;
    for _ in 0..60 {
        let x = n / (n + t * t);
        let reached = 1.0 - beta_cdf(x, n / 2.0, 0.5, known) / 2.0;
        let density = (-known - 0.5 * n.ln() - (n + 1.0) / 2.0 * (t * t / n).ln_1p()).exp();
        let step = (0.975 - reached) / density;
        t = (t + step).max(t / 2.0);
        if step.abs() < 1e-13 * t {
            break;
        }
    }
    t
}

/// The normal 95 % t-interval around `value`, clipped to [-1, 1]; none where the standard error says nothing about
/// spread (below 1e-12) or there are no degrees of freedom.
pub(super) fn interval(value: f64, se: f64, df: u64) -> Option<[f64; 2]> {
    if df < 1 || se < 1e-12 {
        return None;
    }
    let half = t975(df) * se;
    Some([(value - half).max(-1.0), (value + half).min(1.0)])
}

/// *k* of *n* units, with its 95 % intervals.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Proportion {
    /// How many.
    pub k: u64,
    /// Of how many.
    pub n: u64,
    /// k / n; none where n is 0.
    pub value: Option<f64>,
    /// Wilson's interval.
    pub wilson: Option<[f64; 2]>,
    /// Clopper and Pearson's (exact) interval: the one to print.
    pub clopper_pearson: Option<[f64; 2]>,
}

impl Proportion {
    /// `k` of `n`.
    #[must_use]
    pub fn new(k: u64, n: u64) -> Self {
        if n == 0 {
            return Self { k, n, value: None, wilson: None, clopper_pearson: None };
        }
        let (successes, size) = (k as f64, n as f64);
        let (p, z2) = (successes / size, Z975 * Z975);
        let centre = (p + z2 / (2.0 * size)) / (1.0 + z2 / size);
        let half = Z975 / (1.0 + z2 / size) * (p * (1.0 - p) / size + z2 / (4.0 * size * size)).sqrt();
        let low = if k == 0 { 0.0 } else { beta_quantile(0.025, successes, size - successes + 1.0) };
        let high = if k == n { 1.0 } else { beta_quantile(0.975, successes + 1.0, size - successes) };
        Self {
            k,
            n,
            value: Some(p),
            wilson: Some([(centre - half).max(0.0), (centre + half).min(1.0)]),
            clopper_pearson: Some([low, high]),
        }
    }
}

/// The percentile of sorted numbers, of type 7 (linear between order statistics); `sorted` is not empty.
pub(super) fn percentile(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len() - 1;
    let at = last as f64 * p;
    let low = (at.floor() as usize).min(last);
    let high = (low + 1).min(last);
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}

/// The normal distribution function.
pub(super) fn normal_cdf(x: f64) -> f64 {
    let t = x.abs();
    let density = (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let upper = if t < 4.0 {
        let (mut term, mut total, mut n) = (t, t, 1.0);
        while term > total * 1e-17 {
            n += 2.0;
            term *= t * t / n;
            total += term;
        }
        0.5 - density * total
    } else {
        density / (1..60).rev().fold(t, |tail, k| t + f64::from(k) / tail)
    };
    if x > 0.0 { 1.0 - upper } else { upper }
}

/// The SplitMix64 generator. Bootstraps are seeded afresh for each statistic, so that anyone can draw them again.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A generator that starts from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`: the next bits times `n`, without their lower half.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn sums_do_not_depend_on_their_order() {
        assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum([0.1; 10]), 1.0);
        assert_eq!(sum([]), 0.0);
    }

    #[test]
    fn quantiles_of_t_are_those_of_the_tables() {
        for (df, t) in [
            (1, 12.706_204_736_175),
            (2, 4.302_652_729_749),
            (3, 3.182_446_305_284),
            (4, 2.776_445_105_198),
            (9, 2.262_157_162_741),
            (29, 2.045_229_642_133),
            (999, 1.962_341_461_133),
            (1000, 1.962_339_080_826),
            (1_000_000, 1.959_966_356_8),
        ] {
            near(t975(df), t, 1e-10);
        }
    }

    #[test]
    fn proportions_have_exact_intervals() {
        let five = Proportion::new(5, 5).clopper_pearson.expect("an interval");
        near(five[0], 0.025_f64.powf(0.2), 1e-13);
        assert_eq!(five[1], 1.0);
        let some = Proportion::new(3, 10);
        let exact = some.clopper_pearson.expect("an interval");
        near(exact[0], 0.066_739_511_178, 1e-11);
        near(exact[1], 0.652_452_850_060, 1e-11);
        assert_eq!(Proportion::new(0, 0).value, None);
    }

    #[test]
    fn the_normal_distribution_is_right_in_the_middle_and_in_the_tails() {
        near(normal_cdf(0.0), 0.5, 1e-16);
        near(normal_cdf(Z975), 0.975, 1e-14);
        near(normal_cdf(-1.0), 0.158_655_253_931_457_05, 1e-14);
        assert!((normal_cdf(-6.0) / 9.865_876_450_376_946e-10 - 1.0).abs() < 1e-10);
        assert!((normal_cdf(-3.999) / 3.180_534_005_420e-5 - 1.0).abs() < 1e-10);
    }

    #[test]
    fn the_generator_is_splitmix64() {
        let mut generator = SplitMix64::new(42);
        assert_eq!([generator.bits(), generator.bits()], [13_679_457_532_755_275_413, 2_949_826_092_126_892_291]);
        let mut again = SplitMix64::new(42);
        assert_eq!(again.below(100), 74);
    }
}
