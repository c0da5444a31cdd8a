// Unpacks the Chromium of @sparticuz/chromium, the libraries it needs where the system has none, and fonts for its screenshots.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const zlib = require('node:zlib');
const { MODULES } = require('./paths.js');
const { woffToSfnt } = require('./woff.js');

const ARCHIVES = path.join(MODULES, '@sparticuz', 'chromium', 'bin');
/** One font each for sans-serif, Chinese and monospace, so that a screenshot looks the same on every machine. */
const FONTS = [
	['@fontsource', 'noto-sans-sc', 'files', 'noto-sans-sc-chinese-simplified-400-normal.woff'],
	['@fontsource', 'roboto-mono', 'files', 'roboto-mono-latin-400-normal.woff'],
];

/** Writes to the folder: the executable `chromium`, `lib/` if the system lacks a library, `fonts/` and `fonts.conf`. */
async function unpackChromium(folder) {
	const { extract } = require('tar-fs');
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	const inflate = (name, target) =>
		pipeline(fs.createReadStream(path.join(ARCHIVES, name)), zlib.createBrotliDecompress(), target);
	await Promise.all([
		inflate('chromium.br', fs.createWriteStream(path.join(folder, 'chromium'), { mode: 0o755 })),
		inflate('swiftshader.tar.br', extract(folder, { chown: false })),
		inflate('fonts.tar.br', extract(folder, { chown: false })),
		inflate('al2023.tar.br', extract(folder, { chown: false })),
	]);
	if (starts(folder)) {
		// The system has libnss3 and its like: its own fit it best.
		fs.rmSync(path.join(folder, 'lib'), { recursive: true });
	}
	for (const parts of FONTS) {
		const name = `${path.basename(parts.at(-1), '.woff')}.ttf`;
		fs.writeFileSync(path.join(folder, 'fonts', name), woffToSfnt(fs.readFileSync(path.join(MODULES, ...parts))));
	}
	fs.writeFileSync(path.join(folder, 'fonts.conf'), FONTS_CONF);
}

/** Whether Chromium finds every library on this system. */
function starts(folder) {
	return spawnSync(path.join(folder, 'chromium'), ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Fontconfig's answer to the generic families. VS Code asks for system-ui and monospace, and for Chinese names that aren't here. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir prefix="relative">fonts</dir>
	<cachedir prefix="xdg">fontconfig</cachedir>
	<alias binding="same"><family>monospace</family><prefer><family>Roboto Mono</family><family>Noto Sans SC</family></prefer></alias>
	<alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans SC</family></prefer></alias>
	<alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`;

module.exports = { unpackChromium };
