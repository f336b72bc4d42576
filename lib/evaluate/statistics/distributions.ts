/** Quantiles of the beta and of Student's t distribution, both by the regularised incomplete beta function. */

/** Lanczos's series for ln Γ (1964; g = 7, nine terms), to about 15 digits for x > 0. */
function logGamma(x: number): number {
  const terms = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const sum = terms.reduce((total, term, at) => total + term / (x + at), 0.99999999999980993);
  const shifted = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

const STEPS = 500;
const TINY = 1e-300;

/** The regularised incomplete beta function I_x(a, b) for a, b > 0 and x from 0 to 1: its continued fraction (DLMF 8.17.22), evaluated by Lentz's method. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  let [c, d] = [1, 1 / away(1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m <= STEPS; m++) {
    const before = fraction;
    for (const term of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(fraction / before - 1) < 1e-14) break;
  }
  return (Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) * fraction) / a;
}

/** Lentz's method divides by these. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Where the beta distribution with a, b > 0 has the share `p` below it. */
export const betaQuantile = (p: number, a: number, b: number): number => bisect((x) => incompleteBeta(x, a, b) < p, 0, 1);

/** Where Student's t with so many degrees of freedom has the share `p` from a half to 1 below it. */
export const studentQuantile = (p: number, degrees: number): number => bisect((x) => 1 - incompleteBeta(degrees / (degrees + x * x), degrees / 2, 0.5) / 2 < p, 0, 1e6);

function bisect(below: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
