/** How a number of a unit is written: a scaled value and a suffix. Names are Grafana's. */
export interface Written {
  text: string;
  suffix: string;
  prefix: string;
}

type Scale = (value: number, decimals: number | null) => Written;

const SI = ["", "k", "M", "G", "T", "P", "E"];
const IEC = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const SMALL_SI = ["", "m", "µ", "n", "p", "f"];

/** As many decimals as give three figures, and no zeros for show. */
export function plain(value: number, decimals: number | null): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "-∞" : "NaN";
  if (decimals !== null) return grouped(value.toFixed(Math.min(20, Math.max(0, decimals))));
  const size = Math.abs(value);
  const places = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(size)));
  const text = value.toFixed(places);
  return grouped(text.includes(".") ? text.replace(/\.?0+$/, "") : text);
}

function grouped(text: string): string {
  const [whole = "", part] = text.split(".");
  const digits = whole.replace("-", "");
  const spaced = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, "\u202f") : digits;
  const shown = (whole.startsWith("-") ? "-" : "") + spaced + (part === undefined ? "" : `.${part}`);
  return /^-[0.\u202f]*$/.test(shown) ? shown.slice(1) : shown;
}

function written(value: number, decimals: number | null, suffix: string, prefix = ""): Written {
  return { text: plain(value, decimals), suffix, prefix };
}

const fixed =
  (suffix: string): Scale =>
  (value, decimals) =>
    written(value, decimals, suffix === "" ? "" : ` ${suffix}`);

const tight =
  (suffix: string): Scale =>
  (value, decimals) =>
    written(value, decimals, suffix);

const money =
  (sign: string): Scale =>
  (value, decimals) => {
    const scaled = scale(SI, 1_000)("", 0)(value, decimals);
    return { ...scaled, prefix: sign, suffix: scaled.suffix.trim() };
  };

/** Prefixes by powers of `base`; `from` is where the unit already stands: 2 for mega. */
const scale =
  (prefixes: readonly string[], base: number) =>
  (unit: string, from: number): Scale =>
  (value, decimals) => {
    let at = from;
    let scaled = value;
    while (Math.abs(scaled) >= base && at < prefixes.length - 1) {
      scaled /= base;
      at++;
    }
    while (Math.abs(scaled) < 1 && scaled !== 0 && at > 0) {
      scaled *= base;
      at--;
    }
    const suffix = `${prefixes[at] ?? ""}${unit}`;
    return written(scaled, decimals, suffix === "" ? "" : unit === "" ? suffix : ` ${suffix}`);
  };

const si = scale(SI, 1_000);
const iec = scale(IEC, 1_024);

/** Both ways from a base unit: 0.002 W is 2 mW. */
const siSmall =
  (unit: string): Scale =>
  (value, decimals) => {
    const size = Math.abs(value);
    if (size >= 1 || size === 0) return si(unit, 0)(value, decimals);
    const at = Math.min(SMALL_SI.length - 1, Math.ceil(-Math.log10(size) / 3));
    return written(value * 1_000 ** at, decimals, ` ${SMALL_SI[at] ?? ""}${unit}`);
  };

const STEPS: readonly [number, string][] = [
  [1e-9, "ns"],
  [1e-6, "µs"],
  [1e-3, "ms"],
  [1, "s"],
  [60, "min"],
  [3_600, "h"],
  [86_400, "d"],
  [604_800, "wk"],
  [31_536_000, "y"],
];

const time =
  (seconds: number): Scale =>
  (value, decimals) => {
    const size = Math.abs(value * seconds);
    if (size === 0) return written(0, decimals, ` ${STEPS.find(([step]) => Math.abs(step / seconds - 1) < 1e-9)?.[1] ?? "s"}`);
    const [step, name] = STEPS.findLast(([least]) => size >= least * (1 - 1e-9)) ?? STEPS[0] ?? [1, "s"];
    return written((value * seconds) / step, decimals, ` ${name}`);
  };

const parts =
  (unitSeconds: number): Scale =>
  (value) => {
    let rest = Math.round(Math.abs(value) * unitSeconds);
    const found: string[] = [];
    for (const [step, name] of [...STEPS].reverse()) {
      if (step < 1 || name === "wk") continue;
      const many = Math.floor(rest / step);
      rest -= many * step;
      if (many > 0 && found.length < 3) found.push(`${many} ${name}`);
    }
    return { prefix: value < 0 ? "-" : "", text: found.join(" ") || "0 s", suffix: "" };
  };

const clock =
  (unitSeconds: number, withDays: boolean): Scale =>
  (value) => {
    const whole = Math.floor(Math.abs(value) * unitSeconds);
    const two = (n: number): string => String(n).padStart(2, "0");
    const days = withDays ? Math.floor(whole / 86_400) : 0;
    const rest = whole - days * 86_400;
    const text = `${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
    return { prefix: value < 0 ? "-" : "", text: days > 0 ? `${days} d ${text}` : text, suffix: "" };
  };

const words =
  (no: string, yes: string): Scale =>
  (value) => ({ prefix: "", text: value === 0 ? no : yes, suffix: "" });

const based =
  (base: number, prefix: string): Scale =>
  (value) => ({ prefix, text: Math.trunc(value).toString(base).toUpperCase(), suffix: "" });

const date =
  (iso: (at: Date) => string): Scale =>
  (value) => {
    const at = new Date(value);
    return { prefix: "", text: Number.isNaN(at.getTime()) ? plain(value, null) : iso(at), suffix: "" };
  };

const local = (at: Date): string => new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" }).format(at);

function ago(value: number): Written {
  const seconds = (Date.now() - value) / 1_000;
  const spelt = time(1)(Math.abs(seconds), 0);
  return { prefix: seconds < 0 ? "in " : "", text: spelt.text, suffix: seconds < 0 ? spelt.suffix : `${spelt.suffix} ago` };
}

const short: Scale = (value, decimals) => {
  const scaled = si("", 0)(value, decimals);
  return Math.abs(value) >= 1_000 ? scaled : written(value, decimals, "");
};

const rate = (name: string): Scale => (value, decimals) => {
  const scaled = short(value, decimals);
  return { ...scaled, suffix: `${scaled.suffix} ${name}` };
};

const UNITS: Record<string, Scale> = {
  none: fixed(""),
  string: fixed(""),
  short,
  sishort: siSmall(""),
  percent: tight("%"),
  percentunit: (value, decimals) => written(value * 100, decimals, "%"),
  humidity: tight("%H"),
  dB: fixed("dB"),
  dBm: fixed("dBm"),
  candela: siSmall("cd"),
  hex: based(16, ""),
  hex0x: based(16, "0x"),
  sci: (value, decimals) => ({ prefix: "", text: value.toExponential(decimals ?? 2), suffix: "" }),
  locale: fixed(""),
  pixel: fixed("px"),
  ppm: fixed("ppm"),
  bool: words("false", "true"),
  bool_yes_no: words("No", "Yes"),
  bool_on_off: words("Off", "On"),
  // data: IEC counts by 1024, SI by 1000
  bits: iec("b", 0),
  bytes: iec("B", 0),
  kbytes: iec("B", 1),
  mbytes: iec("B", 2),
  gbytes: iec("B", 3),
  tbytes: iec("B", 4),
  pbytes: iec("B", 5),
  decbits: si("b", 0),
  decbytes: si("B", 0),
  deckbytes: si("B", 1),
  decmbytes: si("B", 2),
  decgbytes: si("B", 3),
  dectbytes: si("B", 4),
  decpbytes: si("B", 5),
  // rates of data
  pps: rate("p/s"),
  bps: si("b/s", 0),
  Bps: si("B/s", 0),
  binbps: iec("b/s", 0),
  binBps: iec("B/s", 0),
  KBs: si("B/s", 1),
  Kbits: si("b/s", 1),
  MBs: si("B/s", 2),
  Mbits: si("b/s", 2),
  GBs: si("B/s", 3),
  Gbits: si("b/s", 3),
  TBs: si("B/s", 4),
  Tbits: si("b/s", 4),
  KiBs: iec("B/s", 1),
  Kibits: iec("b/s", 1),
  MiBs: iec("B/s", 2),
  Mibits: iec("b/s", 2),
  GiBs: iec("B/s", 3),
  Gibits: iec("b/s", 3),
  // throughput
  cps: rate("c/s"),
  ops: rate("ops/s"),
  reqps: rate("req/s"),
  rps: rate("rd/s"),
  wps: rate("wr/s"),
  iops: rate("io/s"),
  eps: rate("ev/s"),
  mps: rate("msg/s"),
  recps: rate("rec/s"),
  rowsps: rate("rows/s"),
  opm: rate("ops/min"),
  rpm: rate("rd/min"),
  wpm: rate("wr/min"),
  cpm: rate("c/min"),
  reqpm: rate("req/min"),
  fps: fixed("fps"),
  // time
  ns: time(1e-9),
  "µs": time(1e-6),
  ms: time(1e-3),
  s: time(1),
  m: time(60),
  h: time(3_600),
  d: time(86_400),
  dtdurations: parts(1),
  dtdurationms: parts(1e-3),
  dthms: clock(1, false),
  dtdhms: clock(1, true),
  clockms: clock(1e-3, false),
  clocks: clock(1, false),
  timeticks: time(0.01),
  hertz: siSmall("Hz"),
  rothz: siSmall("Hz"),
  rotrpm: fixed("rpm"),
  rotrads: fixed("rad/s"),
  dateTimeAsIso: date(local),
  dateTimeAsIsoNoDateIfToday: date(local),
  dateTimeAsUS: date(local),
  dateTimeAsLocal: date(local),
  dateTimeAsSystem: date(local),
  dateTimeFromNow: ago,
  // temperature, energy, and what hardware measures
  celsius: tight(" °C"),
  fahrenheit: tight(" °F"),
  kelvin: fixed("K"),
  watt: siSmall("W"),
  kwatt: si("W", 1),
  megwatt: si("W", 2),
  mwatt: (value, decimals) => siSmall("W")(value / 1_000, decimals),
  voltamp: siSmall("VA"),
  watth: siSmall("Wh"),
  kwatth: si("Wh", 1),
  joule: siSmall("J"),
  amp: siSmall("A"),
  mamp: (value, decimals) => siSmall("A")(value / 1_000, decimals),
  volt: siSmall("V"),
  mvolt: (value, decimals) => siSmall("V")(value / 1_000, decimals),
  ohm: siSmall("Ω"),
  farad: siSmall("F"),
  henry: siSmall("H"),
  lumens: siSmall("lm"),
  lux: siSmall("lx"),
  degree: tight("°"),
  radian: fixed("rad"),
  bar: siSmall("bar"),
  pressurepa: siSmall("Pa"),
  pressurehpa: fixed("hPa"),
  pressurekpa: fixed("kPa"),
  pressurembar: fixed("mbar"),
  pressurepsi: fixed("psi"),
  lengthmm: fixed("mm"),
  lengthm: siSmall("m"),
  lengthkm: fixed("km"),
  velocityms: fixed("m/s"),
  velocitykmh: fixed("km/h"),
  massg: siSmall("g"),
  masskg: fixed("kg"),
  litre: siSmall("L"),
  flops: si("FLOPS", 0),
  Hs: si("H/s", 0),
  // money
  currencyUSD: money("$"),
  currencyEUR: money("€"),
  currencyGBP: money("£"),
  currencyRUB: money("₽"),
  currencyJPY: money("¥"),
  conngpm: fixed("gpm"),
  watthperkg: fixed("Wh/kg"),
};

const OTHER_NAMES: Record<string, string> = { "": "short", us: "µs", "\u03bcs": "µs", dtdurationS: "dtdurations", percent01: "percentunit" };

/** Whether a unit is in the table. Any other name is shown after the number as it is. */
export function knownUnit(unit: string): boolean {
  return (OTHER_NAMES[unit] ?? unit) in UNITS || /^(suffix|prefix|time|si|count|currency|bool):/.test(unit);
}

export const UNIT_NAMES: readonly string[] = Object.keys(UNITS);

export function writeNumber(value: number, unit: string, decimals: number | null): Written {
  const name = OTHER_NAMES[unit] ?? unit;
  const scaled = Object.hasOwn(UNITS, name) ? UNITS[name] : custom(name);
  return (scaled ?? short)(value, decimals);
}

/** `suffix:x`, `prefix:x`, `count:x`, `si:Mx`, `currency:x`, `bool:yes/no`, `time:format`, or any other word. */
function custom(unit: string): Scale {
  const [kind, ...rest] = unit.split(":");
  const given = rest.join(":");
  if (rest.length === 0) return fixed(unit);
  if (kind === "suffix") return tight(given);
  if (kind === "prefix") return (value, decimals) => written(value, decimals, "", given);
  if (kind === "currency") return money(given);
  if (kind === "count") return si(given, 0);
  if (kind === "bool") {
    const [yes = "", no = ""] = given.split("/");
    return words(no, yes);
  }
  if (kind === "time") return date(local);
  if (kind === "si") {
    const at = Math.max(0, SI.indexOf(given[0] ?? ""));
    return at > 0 && given.length > 1 ? si(given.slice(1), at) : siSmall(given);
  }
  return fixed(unit);
}

/** "1.5 GiB" as one text. */
export function numberText(value: number | null, unit: string, decimals: number | null, noValue = "-"): string {
  if (value === null) return noValue;
  const { prefix, text, suffix } = writeNumber(value, unit, decimals);
  return prefix + text + suffix;
}
