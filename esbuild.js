// Builds dist/extension.js (what VS Code activates), dist/app.js (the features, without any package), dist/sshpk.js (the formats of private
// keys) and one bundle per vendor, dist/providers/<vendor>.js. Each is loaded when it is first used.
// Usage: node esbuild.js [--production] [--watch]
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

/** Vendors that have a bundle: `src/providers/<vendor>/bundle.ts`. */
const vendors = ['aws', 'alibaba'];

/** Keeps `require('./ui/app.js')`, `import('sshpk')` and `import('./aws/bundle.js')` separate files, loaded when they are used: esbuild would inline
 * them into a cjs bundle. */
const siblings = {
	name: 'siblings',
	setup(build) {
		build.onResolve({ filter: /^\.\/ui\/app\.js$/ }, ({ kind }) =>
			kind === 'require-call' ? { path: './app.js', external: true } : undefined,
		);
		build.onResolve({ filter: /^sshpk$/ }, ({ kind }) =>
			kind === 'dynamic-import' ? { path: './sshpk.js', external: true } : undefined,
		);
		build.onResolve({ filter: /^\.\/[a-z]+\/bundle\.js$/ }, (args) =>
			args.kind === 'dynamic-import'
				? { path: `./providers/${args.path.split('/')[1]}.js`, external: true }
				: undefined,
		);
	},
};

const leftOut = (what) =>
	`module.exports = { __esModule: true, default() { throw new Error('${what} is left out of this bundle'); } };`;

/** Modules of the SDKs that the extension's calls never reach, and what stands in for them. */
const unreached = {
	// For operations that stream events. A dynamic import in @smithy/core/protocols.
	'@smithy/core/event-streams': "throw new Error('Event streams are left out of this bundle');",
	// The default chain of credentials, which ends at the machine's own role. Every client here is given its credentials.
	'@aws-sdk/credential-provider-node':
		"export const defaultProvider = () => async () => { throw new Error('The default chain is left out of this bundle'); };",
	// Signs for several regions at once, which STS's endpoints don't ask for; everything else it leaves to this class.
	'@aws-sdk/signature-v4-multi-region':
		"import { SignatureV4 } from '@smithy/signature-v4'; export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return 'none'; } }",
	// Alibaba Cloud's library can also build XML, calculate with dates, merge objects and sign for another gateway.
	xmlbuilder: leftOut('xmlbuilder'),
	moment: leftOut('moment'),
	lodash: leftOut('lodash'),
	'@alicloud/gateway-spi': leftOut('@alicloud/gateway-spi'),
	// Of its kinds of credentials these two are used, and others by their own modules. Every client is given its keys; of this it wants but the class.
	'@alicloud/credentials': `
		export default class {}
		export { default as ECSRAMRoleCredentialsProvider } from '@alicloud/credentials/dist/src/providers/ecs_ram_role';
		export { default as URICredentialsProvider } from '@alicloud/credentials/dist/src/providers/uri';`,
	// Would write requests with their signatures to the console, if the environment said so.
	debug: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
};

/** Lets esbuild drop what a bundle does not use of AWS's SDK. */
const leanSdk = {
	name: 'lean-sdk',
	setup(build) {
		// `{ [_xN]: 'a' }` counts as a side effect, since a key might have a toString of its own. As a literal it does not,
		// and the schemas of hundreds of operations that nobody imports can go.
		build.onLoad({ filter: /[\\/]dist-es[\\/].*[\\/]schemas_\d+\.js$/ }, async (args) => {
			const source = await fs.promises.readFile(args.path, 'utf8');
			const constants = new Map(
				Array.from(source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm), ([, name, text]) => [name, text]),
			);
			const contents = source.replace(/\[(\w+)\]:/g, (key, name) =>
				constants.has(name) ? `${constants.get(name)}:` : key,
			);
			return { contents, loader: 'js' };
		});
		// Nothing of a module can go that is imported as a whole, as `await import('x')` does; a module in between exports
		// just what is wanted.
		build.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]dist-es[\\/].*\.js$/ }, async (args) => {
			const source = await fs.promises.readFile(args.path, 'utf8');
			const contents = source.replace(/const \{([^}]+)\} = await import\("([^"]+)"\)/g, (text, names, module) => {
				const wanted = names.split(',').map((name) => name.split(':')[0].trim());
				return text.replace(`"${module}"`, JSON.stringify(`only:${wanted.join(',')}:${module}`));
			});
			return { contents, loader: 'js' };
		});
		build.onResolve({ filter: /^only:/ }, (args) => ({
			path: args.path,
			namespace: 'only',
			pluginData: args.resolveDir,
		}));
		build.onLoad({ filter: /./, namespace: 'only' }, (args) => {
			const [, names, module] = /^only:([^:]+):(.+)$/.exec(args.path);
			return {
				contents: `export { ${names} } from ${JSON.stringify(module)};`,
				resolveDir: args.pluginData,
				loader: 'js',
			};
		});
		// Clients only want their version for the user agent.
		build.onLoad({ filter: /[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/ }, async (args) => {
			const { version } = JSON.parse(await fs.promises.readFile(args.path, 'utf8'));
			return { contents: `export default ${JSON.stringify({ version })};`, loader: 'js' };
		});
		const names = Object.keys(unreached).join('|').replaceAll('/', '\\/');
		build.onResolve({ filter: new RegExp(`^(?:${names})$`) }, (args) => ({ path: args.path, namespace: 'unreached' }));
		build.onLoad({ filter: /./, namespace: 'unreached' }, (args) => ({
			contents: unreached[args.path],
			resolveDir: __dirname,
			loader: 'js',
		}));
		// Alibaba Cloud's library can also speak by web sockets, through proxies of its own.
		const webSockets =
			/[\\/]@darabonba[\\/]typescript[\\/]dist[\\/]websocket\.js$|[\\/]openapi-core[\\/]dist[\\/]websocketUtils[\\/]index\.js$/;
		build.onLoad({ filter: webSockets }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
	},
};

/** Prints what `.vscode/tasks.json` waits for, and errors in the form that its problem matcher reads. */
function progressOfWatch() {
	let running = 0;
	return {
		name: 'progress-of-watch',
		setup(build) {
			build.onStart(() => {
				if (running++ === 0) {
					console.log('[watch] build started');
				}
			});
			build.onEnd(({ errors }) => {
				for (const { text, location } of errors) {
					console.error(`✘ [ERROR] ${text}`);
					if (location) {
						console.error(`    ${location.file}:${location.line}:${location.column}:`);
					}
				}
				if (--running === 0) {
					console.log('[watch] build finished');
				}
			});
		},
	};
}

/**
 * The options of each build.
 * @param {{ production: boolean }} mode
 * @returns {import('esbuild').BuildOptions[]}
 */
function builds({ production }) {
	/** @type {import('esbuild').BuildOptions} */
	const common = {
		absWorkingDir: __dirname,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['vscode'],
		minify: production,
		sourcemap: !production,
		metafile: true,
		// Gathered in a file of their own: see `writeLicenses`.
		legalComments: 'none',
		logLevel: 'warning',
		// esbuild drops unused code of ES modules only, and prefers `main` for Node.
		mainFields: ['module', 'main'],
		// As `require`: `import()` of a cjs file takes twice as long.
		supported: { 'dynamic-import': false },
		plugins: [siblings, leanSdk],
	};
	return [
		{ ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
		{ ...common, entryPoints: ['src/ui/app.ts'], outfile: 'dist/app.js' },
		{ ...common, entryPoints: ['sshpk'], outfile: 'dist/sshpk.js' },
		...vendors.map((vendor) => ({
			...common,
			entryPoints: [`src/providers/${vendor}/bundle.ts`],
			outfile: `dist/providers/${vendor}.js`,
		})),
	];
}

/** Writes the licenses of every package that is part of a bundle, as the Apache License 2.0 (4a) and the MIT License
 * ask for. */
function writeLicenses(metafiles, file) {
	const folders = new Set();
	for (const input of metafiles.flatMap(({ outputs }) =>
		Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
	)) {
		const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input[0])?.[0];
		if (folder && input[1].bytesInOutput > 0) {
			folders.add(path.join(__dirname, folder));
		}
	}
	// Packages with the same text share it, those without one the text of the same license.
	const packages = [...folders].sort().map((folder) => {
		const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const found = fs.readdirSync(folder).filter((entry) => /^(?:licen[cs]e|notice)(?:\.|$)/i.test(entry));
		const text = found.map((entry) => fs.readFileSync(path.join(folder, entry), 'utf8').trim()).join('\n\n');
		return { title: `${name} ${version} (${license})`, license, text, key: text.replace(/\s+/g, ' ') };
	});
	const texts = new Map();
	for (const { title, license, text, key } of packages) {
		const like = packages.find(
			(other) => other.text !== '' && (text === '' ? other.license === license : other.key === key),
		);
		const shared = like?.text ?? license;
		texts.set(shared, [...(texts.get(shared) ?? []), title]);
	}
	const parts = Array.from(texts, ([text, names]) => `${names.join('\n')}\n\n${text}\n`);
	fs.writeFileSync(
		path.join(__dirname, file),
		`Packages that are part of this extension, and their licenses\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`,
	);
}

async function main() {
	const production = process.argv.includes('--production');
	if (process.argv.includes('--watch')) {
		const progress = progressOfWatch();
		const contexts = await Promise.all(
			builds({ production }).map((options) =>
				esbuild.context({ ...options, logLevel: 'silent', plugins: [...options.plugins, progress] }),
			),
		);
		await Promise.all(contexts.map((context) => context.watch()));
		return;
	}
	if (production) {
		// Nothing of an earlier build, such as a source map, may end up in the package.
		fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
	}
	const metafiles = [];
	for (const options of builds({ production })) {
		const { metafile } = await esbuild.build(options);
		fs.writeFileSync(path.join(__dirname, `${options.outfile}.meta.json`), JSON.stringify(metafile));
		const { bytes } = metafile.outputs[options.outfile];
		console.log(`${options.outfile}: ${Math.round(bytes / 1000)} kB`);
		metafiles.push(metafile);
	}
	writeLicenses(metafiles, 'dist/third-party-licenses.txt');
}

module.exports = { builds, vendors };

if (require.main === module) {
	main().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
