<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>weijian {version}</source>
        <translation>违建管控 weijian {version}</translation>
    </message>
    <message>
        <source>Qt {qt}, Python {python}, {system}</source>
        <translation>Qt {qt}，Python {python}，{system}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>About weijian</source>
        <translation>关于违建管控</translation>
    </message>
    <message>
        <source>A desktop GIS for planning enforcement and the control of illegal building.</source>
        <translation>面向规划执法与违法建设治理的桌面地理信息系统。</translation>
    </message>
    <message>
        <source>weijian is free software under the Apache License 2.0: use it, pass it on, change it. It comes without any warranty.</source>
        <translation>本程序是自由软件，采用 Apache License 2.0 许可：可以使用、分发和修改，不附带任何担保。</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>所用组件</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Font, icons, web map</source>
        <translation>字体、图标与网页地图</translation>
    </message>
</context>
<context>
    <name>AddSurveyDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>choose the day</source>
        <translation>请选择日期</translation>
    </message>
    <message>
        <source>These files are no orthophotos or surface models.</source>
        <translation>这些文件不是正射影像或表面模型。</translation>
    </message>
    <message>
        <source>New survey</source>
        <translation>新期次</translation>
    </message>
    <message>
        <source>Pixel {gsd} cm · {width} × {height} pixels · {size} MB · {crs}</source>
        <translation>分辨率 {gsd} 厘米 · {width} × {height} 像素 · {size} MB · {crs}</translation>
    </message>
    <message>
        <source>DSM {gsd} cm</source>
        <translation>DSM {gsd} 厘米</translation>
    </message>
    <message>
        <source>Orthophotos and surface models</source>
        <translation>正射影像和表面模型</translation>
    </message>
    <message>
        <source>Files of surveys</source>
        <translation>选择航测成果文件</translation>
    </message>
    <message>
        <source>Surface model</source>
        <translation>表面模型</translation>
    </message>
    <message>
        <source>Orthophoto</source>
        <translation>正射影像</translation>
    </message>
    <message>
        <source>Choose the orthophoto, or drop the files of a flight into this window.</source>
        <translation>请选择正射影像，或把一次航测的文件拖到本窗口。</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>Say on which day it was flown.</source>
        <translation>请填写航测日期。</translation>
    </message>
    <message>
        <source>The day of the flight, {day}, has not come yet (today is {today}); check it.</source>
        <translation>航测日期 {day} 晚于今天（{today}），请核对。</translation>
    </message>
    <message>
        <source>This image is already in the workspace, as {name}.</source>
        <translation>该影像已登记为“{name}”。</translation>
    </message>
    <message>
        <source>&amp;Add survey</source>
        <translation>登记期次(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add {count} surveys</source>
        <translation>登记 {count} 个期次(&amp;A)</translation>
    </message>
    <message>
        <source>Added: {names}</source>
        <translation>已登记：{names}</translation>
    </message>
    <message>
        <source>Add surveys</source>
        <translation>登记航测期次</translation>
    </message>
    <message>
        <source>&amp;Surveys to add</source>
        <translation>待登记期次(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Files…</source>
        <translation>选择文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Leave out</source>
        <translation>移出(&amp;L)</translation>
    </message>
    <message>
        <source>Drop orthophotos and surface models here; files of one flight are put together.</source>
        <translation>可把 DOM、DSM 拖到这里，同一次航测的文件会自动配对。</translation>
    </message>
    <message>
        <source>&amp;Orthophoto (DOM)</source>
        <translation>正射影像 DOM(&amp;O)</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose the orthophoto</source>
        <translation>选择正射影像</translation>
    </message>
    <message>
        <source>Surface &amp;model (DSM)</source>
        <translation>表面模型 DSM(&amp;M)</translation>
    </message>
    <message>
        <source>optional; heights make detection much surer</source>
        <translation>可不填；有高度时检测可靠得多</translation>
    </message>
    <message>
        <source>Choose the surface model</source>
        <translation>选择表面模型</translation>
    </message>
    <message>
        <source>&amp;Day of the flight</source>
        <translation>航测日期(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>The image does not state its coordinate system; choose it.</source>
        <translation>影像没有注明坐标系，请选择。</translation>
    </message>
    <message>
        <source>&amp;Build overviews of images that have none</source>
        <translation>为没有金字塔的影像建立金字塔(&amp;B)</translation>
    </message>
    <message>
        <source>Smaller copies beside the files (.ovr) make zooming quick; the files themselves stay as they are. Takes a few minutes a file and runs in the background.</source>
        <translation>在影像旁生成 .ovr 缩略文件，缩放更快，原文件不动；每个文件需几分钟，在后台进行。</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Folder of the backup</source>
        <translation>备份所在文件夹</translation>
    </message>
    <message>
        <source>Folder in which the new one is made</source>
        <translation>在哪个文件夹中新建</translation>
    </message>
    <message>
        <source>Choose the folder of the backup.</source>
        <translation>请选择备份文件夹。</translation>
    </message>
    <message>
        <source>&amp;Backup</source>
        <translation>备份(&amp;K)</translation>
    </message>
    <message>
        <source>the folder of the backup, with backup.json in it</source>
        <translation>备份文件夹，其中有 backup.json</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>New &amp;folder</source>
        <translation>新文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>B&amp;rowse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>The copy is shared by the &amp;whole bureau, on a server</source>
        <translation>复制成全局共用的档案，存放在服务器上(&amp;W)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Keep &amp;mine</source>
        <translation>保留我的(&amp;M)</translation>
    </message>
    <message>
        <source>Keep &amp;theirs</source>
        <translation>保留对方的(&amp;T)</translation>
    </message>
    <message>
        <source>Back to editing</source>
        <translation>返回编辑</translation>
    </message>
    <message>
        <source>My version</source>
        <translation>我的版本</translation>
    </message>
    <message>
        <source>The other&apos;s version</source>
        <translation>对方的版本</translation>
    </message>
    <message>
        <source>Edited by two at once</source>
        <translation>两人同时修改</translation>
    </message>
    <message>
        <source>Both versions</source>
        <translation>两个版本</translation>
    </message>
    <message>
        <source>Fields that differ are in bold. Nothing is lost either way: the history keeps every version.</source>
        <translation>不同之处以粗体显示。无论保留哪个版本，已保存的内容都留在历史中。</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Empty folder that will point to the archive</source>
        <translation>选择一个空文件夹，用来指向共享档案</translation>
    </message>
    <message>
        <source>The archive is being connected…</source>
        <translation>正在连接档案…</translation>
    </message>
    <message>
        <source>This system has no key store: the password holds until the program ends.</source>
        <translation>本机没有系统密钥库：密码只在程序退出前有效。</translation>
    </message>
    <message>
        <source>Connect to a shared archive</source>
        <translation>连接共享档案</translation>
    </message>
    <message>
        <source>A bureau shares one archive on a PostgreSQL server. The folder on this machine points to it.</source>
        <translation>全局共用一个档案，存放在 PostgreSQL 服务器上；本机的文件夹只指向它。</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>a new folder on this machine</source>
        <translation>本机上的新文件夹</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
</context>
<context>
    <name>CrsChooser</name>
    <message>
        <source>Choose the coordinate system.</source>
        <translation>请选择坐标系。</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>带号</translation>
    </message>
    <message>
        <source>Central meridian</source>
        <translation>中央子午线</translation>
    </message>
    <message>
        <source>Easting (Y) begins with</source>
        <translation>Y 坐标</translation>
    </message>
    <message>
        <source>CGCS2000, 3-degree zones</source>
        <translation>CGCS2000 三度带</translation>
    </message>
    <message>
        <source>CGCS2000, 6-degree zones</source>
        <translation>CGCS2000 六度带</translation>
    </message>
    <message>
        <source>no zone number</source>
        <translation>不带带号</translation>
    </message>
    <message>
        <source>zone number {zone}</source>
        <translation>带带号 {zone}</translation>
    </message>
    <message>
        <source>A longitude in China lies between 73° and 136° east.</source>
        <translation>我国经度在东经 73° 至 136° 之间。</translation>
    </message>
    <message>
        <source>Type the longitude and take the zone whose eastings look like those of your data: 8 digits before the point begin with the zone number, 6 digits have none.</source>
        <translation>输入当地经度，再按数据的 Y 坐标选择：整数 8 位的带带号，6 位的不带带号。</translation>
    </message>
    <message>
        <source>Eastings (Y) begin with the zone number {zone}, such as {example}.</source>
        <translation>Y 坐标带带号 {zone}，例如 {example}。</translation>
    </message>
    <message>
        <source>Eastings (Y) without zone number, such as {example}.</source>
        <translation>Y 坐标不带带号，例如 {example}。</translation>
    </message>
    <message>
        <source>Images and vector files</source>
        <translation>影像和矢量文件</translation>
    </message>
    <message>
        <source>Take the coordinate system of a file</source>
        <translation>采用某个文件的坐标系</translation>
    </message>
    <message>
        <source>&amp;Longitude of the place</source>
        <translation>当地经度(&amp;L)</translation>
    </message>
    <message>
        <source>° E</source>
        <translation>° E</translation>
    </message>
    <message>
        <source>As in a &amp;file…</source>
        <translation>同某个文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Take the coordinate system of an orthophoto, a shapefile or a GeoPackage</source>
        <translation>采用正射影像、Shapefile 或 GeoPackage 的坐标系</translation>
    </message>
    <message>
        <source>&amp;Coordinate system</source>
        <translation>坐标系(&amp;C)</translation>
    </message>
</context>
<context>
    <name>DetectionDialog</name>
    <message>
        <source>&amp;Start detection</source>
        <translation>开始检测(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Heights and images</source>
        <translation>高度和影像</translation>
    </message>
    <message>
        <source>Images only</source>
        <translation>仅影像</translation>
    </message>
    <message>
        <source>Trained model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Archive ({count} buildings)</source>
        <translation>建筑档案（{count} 栋）</translation>
    </message>
    <message>
        <source>The archive has no buildings yet; import them first.</source>
        <translation>档案中还没有建筑，请先导入。</translation>
    </message>
    <message>
        <source>{survey} has no surface model (DSM).</source>
        <translation>“{survey}”没有表面模型（DSM）。</translation>
    </message>
    <message>
        <source>The archive has no images to compare with.</source>
        <translation>档案没有影像可供比对。</translation>
    </message>
    <message>
        <source>Looking what there is…</source>
        <translation>正在查看工作区…</translation>
    </message>
    <message>
        <source>There is no survey yet; add one first.</source>
        <translation>还没有航测期次，请先添加航测。</translation>
    </message>
    <message>
        <source>There is nothing to compare with: add an earlier survey or import the archive&apos;s buildings.</source>
        <translation>没有可供比对的前期资料：请登记前期航测，或导入建筑档案。</translation>
    </message>
    <message>
        <source>Before and after are the same survey; choose two.</source>
        <translation>前期与后期是同一期次，请分别选择。</translation>
    </message>
    <message>
        <source>The survey before was flown after the other; swap them.</source>
        <translation>前期的航测日期晚于后期，请对调。</translation>
    </message>
    <message>
        <source>Choose the model&apos;s file.</source>
        <translation>请选择模型文件。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Models (*.onnx)</source>
        <translation>模型 (*.onnx)</translation>
    </message>
    <message>
        <source>Rise or fall that counts as built or pulled down; a storey is about 3 m.</source>
        <translation>升高或降低超过此值才算新建或拆除；一层约 3 米。</translation>
    </message>
    <message>
        <source>Images alone do not tell heights.</source>
        <translation>仅凭影像无法判断高度。</translation>
    </message>
    <message>
        <source>Compares surface models and checks with the images: surest, and finds added storeys.</source>
        <translation>比对两期表面模型并用影像核对，最可靠，能发现加层。</translation>
    </message>
    <message>
        <source>Holds the surface model against the heights of the archive; finds added storeys too.</source>
        <translation>用后期表面模型与档案高度比对，能发现加层。</translation>
    </message>
    <message>
        <source>Compares the images only: finds roofs that came or went, not added storeys.</source>
        <translation>只比对影像：能发现屋顶的出现和消失，不能发现加层。</translation>
    </message>
    <message>
        <source>Looks whether archived buildings still cast their shadow: finds only what was demolished, not what is new, extended or raised.</source>
        <translation>看档案中的房屋是否仍有影子：只能发现已拆除的房屋，看不出新增、扩建和加层。</translation>
    </message>
    <message>
        <source>Takes heights, as both sides have them.</source>
        <translation>两期都有高度，将按高度检测。</translation>
    </message>
    <message>
        <source>Runs a trained model (ONNX) on the images of both dates.</source>
        <translation>用训练好的模型（ONNX）比对两期影像。</translation>
    </message>
    <message>
        <source>{name}, version {version}: looks at the images of both dates in pixels of {pixel} m.</source>
        <translation>{name}，版本 {version}：按 {pixel} 米像素比对两期影像。</translation>
    </message>
    <message>
        <source>This pair has not been compared before.</source>
        <translation>这两期尚未比对过。</translation>
    </message>
    <message>
        <source>Findings of the earlier run on this pair: {replaced} not yet reviewed are replaced, {kept} that somebody has reviewed or taken up stay.</source>
        <translation>上次比对这两期的图斑：未处理的 {replaced} 个将被替换，已复核、改过轮廓或已登记线索的 {kept} 个保留。</translation>
    </message>
    <message>
        <source>The last run was placed by hand: {placing}.</source>
        <translation>上次检测时已手工套合：{placing}。</translation>
    </message>
    <message>
        <source>Detect changes</source>
        <translation>检测变化</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>前期(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>后期(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>方法(&amp;M)</translation>
    </message>
    <message>
        <source>Model &amp;file</source>
        <translation>模型文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>Least a&amp;rea</source>
        <translation>最小面积(&amp;R)</translation>
    </message>
    <message>
        <source>Smaller changes are left out. 10 m² is a small shed; with less, cars and tents come in too.</source>
        <translation>更小的变化不计。10 m² 相当于一间小棚；再小会混入车辆和帐篷。</translation>
    </message>
    <message>
        <source>Least &amp;height</source>
        <translation>最小高差(&amp;H)</translation>
    </message>
    <message>
        <source>M&amp;ore</source>
        <translation>更多(&amp;O)</translation>
    </message>
    <message>
        <source>Placing by hand, and the computers that do the work</source>
        <translation>手工套合，以及由哪些计算机处理</translation>
    </message>
    <message>
        <source>Placing</source>
        <translation>套合</translation>
    </message>
    <message>
        <source>How far to move it to the east; to the west with a minus</source>
        <translation>向东平移的距离；负值表示向西</translation>
    </message>
    <message>
        <source>East </source>
        <translation>向东 </translation>
    </message>
    <message>
        <source>How far to move it to the north; to the south with a minus</source>
        <translation>向北平移的距离；负值表示向南</translation>
    </message>
    <message>
        <source>North </source>
        <translation>向北 </translation>
    </message>
    <message>
        <source>How far to turn it counter-clockwise about the middle; clockwise with a minus</source>
        <translation>绕公共范围中心逆时针旋转的角度；负值表示顺时针</translation>
    </message>
    <message>
        <source>Turn </source>
        <translation>旋转 </translation>
    </message>
    <message>
        <source>E&amp;xactly so</source>
        <translation>严格按此值(&amp;X)</translation>
    </message>
    <message>
        <source>Otherwise the pictures may refine it by up to 1.5 m</source>
        <translation>不勾选时，影像可在 1.5 米内对其修正</translation>
    </message>
    <message>
        <source>&amp;Workers</source>
        <translation>并行数(&amp;W)</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>全部核心</translation>
    </message>
    <message>
        <source>Fewer workers take longer and leave the machine to other programs.</source>
        <translation>减少并行数会变慢，但不影响其他程序使用。</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>集群(&amp;C)</translation>
    </message>
    <message>
        <source>Address of a Dask scheduler whose computers share the work; empty: this computer alone.</source>
        <translation>Dask 调度器的地址，由其所辖计算机分担处理；留空则只用本机。</translation>
    </message>
</context>
<context>
    <name>DismissDialog</name>
    <message>
        <source>Why is finding {number} dismissed?</source>
        <translation>排除图斑 {number} 的原因：</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>排除(&amp;D)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Dismiss finding</source>
        <translation>排除图斑</translation>
    </message>
    <message>
        <source>The keys 1 to 8 choose at once</source>
        <translation>按数字键 1～8 直接选定</translation>
    </message>
    <message>
        <source>&amp;Note (needed for another reason):</source>
        <translation>说明（选“其他”时必填）(&amp;N)：</translation>
    </message>
</context>
<context>
    <name>ImportCheckPage</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>No row can be used; correct the file or the columns.</source>
        <translation>没有一行可用，请改正文件或字段对应。</translation>
    </message>
    <message>
        <source>There are rows with errors: correct the file, or leave them out.</source>
        <translation>有错误的行：请改正文件，或选择跳过。</translation>
    </message>
    <message>
        <source>{title}…</source>
        <translation>{title}…</translation>
    </message>
    <message>
        <source>{rows} rows read: {usable} can be imported, {bad} have errors.</source>
        <translation>共读取 {rows} 行：{usable} 行可以导入，{bad} 行有错误。</translation>
    </message>
    <message>
        <source>Importing will add {added}, update {updated}, leave {unchanged} as they are.</source>
        <translation>导入后将新增 {added}，更新 {updated}，未变 {unchanged}。</translation>
    </message>
    <message>
        <source>Columns not taken: {columns}</source>
        <translation>没有采用的列：{columns}</translation>
    </message>
    <message>
        <source>Imported: {added} added, {updated} updated, {unchanged} unchanged, {rejected} left out.</source>
        <translation>已导入：新增 {added}，更新 {updated}，未变 {unchanged}，跳过 {rejected}。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was imported.</source>
        <translation>已取消，未导入任何内容。</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>file</source>
        <translation>全文件</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>&amp;Take this import back</source>
        <translation>撤销这次导入(&amp;T)</translation>
    </message>
    <message>
        <source>Rows are as they were before; those changed since stay</source>
        <translation>各行恢复原样；此后又改动过的保持现状</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;What was found</source>
        <translation>检查结果(&amp;W)</translation>
    </message>
    <message>
        <source>Leave &amp;out the rows with errors and import the others</source>
        <translation>跳过有错误的行，导入其余各行(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ImportCrsPage</name>
    <message>
        <source>Choose the coordinate system that the file&apos;s coordinates are in.</source>
        <translation>请选择该文件的坐标所属的坐标系。</translation>
    </message>
    <message>
        <source>Coordinates are in {crs}.</source>
        <translation>坐标系为 {crs}。</translation>
    </message>
    <message>
        <source>The file says so; choose another one only if that is wrong.</source>
        <translation>这是文件注明的，确有错误时才需另选。</translation>
    </message>
    <message>
        <source>Choose an&amp;other coordinate system</source>
        <translation>另选坐标系(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>字段对应</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Check and import</source>
        <translation>检查并导入</translation>
    </message>
    <message>
        <source>These files are no tables or vector files of an archive.</source>
        <translation>这些文件不是档案表格或矢量文件。</translation>
    </message>
    <message>
        <source>The columns you have set are not imported yet. Close all the same?</source>
        <translation>您设置的字段对应尚未导入，仍要关闭吗？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>Import the &amp;next file ({name})</source>
        <translation>导入下一个文件（{name}）(&amp;N)</translation>
    </message>
    <message>
        <source>Import &amp;another file</source>
        <translation>再导入一个文件(&amp;A)</translation>
    </message>
    <message>
        <source>Import the archive</source>
        <translation>导入档案</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
</context>
<context>
    <name>ImportFilePage</name>
    <message>
        <source>recognise</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Choose a file, or drop one into this window.</source>
        <translation>请选择文件，或把文件拖到本窗口。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Say what the file holds.</source>
        <translation>请选择文件内容的种类。</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>; what they are was not recognised</source>
        <translation>；未能识别种类</translation>
    </message>
    <message>
        <source>; recognised by headings and name</source>
        <translation>；已按表头和文件名识别</translation>
    </message>
    <message>
        <source>; no outlines: brings attributes to those of the archive with the same numbers</source>
        <translation>；文件没有图形，将按编号为档案中已有的图形补充属性</translation>
    </message>
    <message>
        <source>{count} cells are not {encoding}; choose another encoding.</source>
        <translation>有 {count} 格不是 {encoding} 编码，请换一种。</translation>
    </message>
    <message>
        <source>{encoding}, a guess: check names and addresses below</source>
        <translation>{encoding}（推断），请核对下面的姓名和地址</translation>
    </message>
    <message>
        <source>File of the archive</source>
        <translation>选择档案文件</translation>
    </message>
    <message>
        <source>Tables and vector files</source>
        <translation>表格和矢量文件</translation>
    </message>
    <message>
        <source>Folder of the geodatabase (.gdb)</source>
        <translation>地理数据库文件夹（.gdb）</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>choose a file, or drop it into this window</source>
        <translation>选择文件，或拖到本窗口</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Geodatabase…</source>
        <translation>地理数据库(&amp;G)…</translation>
    </message>
    <message>
        <source>A file geodatabase is a folder whose name ends in .gdb.</source>
        <translation>文件地理数据库是名称以 .gdb 结尾的文件夹。</translation>
    </message>
    <message>
        <source>&amp;Holds</source>
        <translation>种类(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>Text &amp;encoding</source>
        <translation>文字编码(&amp;E)</translation>
    </message>
    <message>
        <source>First &amp;rows</source>
        <translation>前几行(&amp;R)</translation>
    </message>
</context>
<context>
    <name>ImportMappingPage</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Column in the file</source>
        <translation>文件中的字段</translation>
    </message>
    <message>
        <source>First values</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>The file has no column “{heading}”; choose another one.</source>
        <translation>文件中没有字段“{heading}”，请另选。</translation>
    </message>
    <message>
        <source>Say which column holds: {field}.</source>
        <translation>请指定“{field}”对应的字段。</translation>
    </message>
    <message>
        <source> (required)</source>
        <translation>（必填）</translation>
    </message>
    <message>
        <source>— none —</source>
        <translation>— 无 —</translation>
    </message>
    <message>
        <source>every row: {value}</source>
        <translation>全部为：{value}</translation>
    </message>
    <message>
        <source>Load a mapping</source>
        <translation>载入字段对应表</translation>
    </message>
    <message>
        <source>Field mappings</source>
        <translation>字段对应表</translation>
    </message>
    <message>
        <source>Save the mapping</source>
        <translation>保存字段对应表</translation>
    </message>
    <message>
        <source>Mapping saved: {path}</source>
        <translation>字段对应表已保存：{path}</translation>
    </message>
    <message>
        <source>Saved mappings that fit: {count}</source>
        <translation>可用的已存对应表：{count}</translation>
    </message>
    <message>
        <source>Say which column holds what. What weijian has recognised is filled in; columns that are not named here are left out.</source>
        <translation>请核对各项内容对应的字段。已识别的已填好；未列出的字段不导入。</translation>
    </message>
    <message>
        <source>Mappings that you saved for files with the same columns</source>
        <translation>为列相同的文件保存过的字段对应表</translation>
    </message>
    <message>
        <source>&amp;Load mapping…</source>
        <translation>载入对应表(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Save mapping…</source>
        <translation>保存对应表(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>ImportValuesPage</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Word in the file</source>
        <translation>文件中的写法</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>{count} words are not known; their rows are left out or keep the import from being made.</source>
        <translation>有 {count} 种写法不认识；相应的行会报错，需跳过或在此指定含义。</translation>
    </message>
    <message>
        <source>— as it is written —</source>
        <translation>— 保持原样 —</translation>
    </message>
    <message>
        <source>— not known —</source>
        <translation>— 不认识 —</translation>
    </message>
    <message>
        <source>Say what the words of the file mean. Kinds that weijian knows are filled in; structures stay as they are written unless you choose. What you say is kept with the mapping.</source>
        <translation>指定文件中各种写法的含义。能识别的种类已填好；结构默认保持原样，需要统一写法时再选。您指定的会随对应表一起保存。</translation>
    </message>
</context>
<context>
    <name>ImportsDialog</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Nothing was imported yet.</source>
        <translation>还没有导入过。</translation>
    </message>
    <message>
        <source>Take back the import of {file}? Rows that were changed since stay as they are.</source>
        <translation>撤销对 {file} 的导入？此后又改动过的行保持现状。</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>导入记录</translation>
    </message>
    <message>
        <source>A whole import can be taken back: rows it added are removed, rows it changed are as before. What was changed since stays.</source>
        <translation>可以整批撤销一次导入：新增的行移除，更新的行恢复原样；此后又改动过的行保持现状。</translation>
    </message>
    <message>
        <source>&amp;Take back</source>
        <translation>撤销(&amp;T)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>JobDetailsDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Job: {title}</source>
        <translation>任务：{title}</translation>
    </message>
    <message>
        <source>Step: {stage} ({done} of {total})</source>
        <translation>步骤：{stage}（{done}/{total}）</translation>
    </message>
    <message>
        <source>Ended after: {time}</source>
        <translation>用时：{time}</translation>
    </message>
    <message>
        <source>Program: weijian {version}</source>
        <translation>程序：weijian {version}</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Why the job failed</source>
        <translation>任务失败的原因</translation>
    </message>
    <message>
        <source>Report to copy</source>
        <translation>可复制的报告</translation>
    </message>
</context>
<context>
    <name>LayerProperties</name>
    <message>
        <source>Survey</source>
        <translation>期次</translation>
    </message>
    <message>
        <source>Flown on</source>
        <translation>航测日期</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Ground resolution</source>
        <translation>地面分辨率</translation>
    </message>
    <message>
        <source>East</source>
        <translation>东向范围</translation>
    </message>
    <message>
        <source>North</source>
        <translation>北向范围</translation>
    </message>
    <message>
        <source>Overviews</source>
        <translation>金字塔</translation>
    </message>
    <message>
        <source>There</source>
        <translation>已建立</translation>
    </message>
    <message>
        <source>None: zooming out is slow</source>
        <translation>未建立，缩小浏览较慢</translation>
    </message>
    <message>
        <source>Not needed: the file is small</source>
        <translation>文件较小，无需建立</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Layer properties</source>
        <translation>图层属性</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>User&apos;s manual</source>
        <translation>使用说明</translation>
    </message>
</context>
<context>
    <name>MoreOptions</name>
    <message>
        <source>&amp;Place the archive by hand</source>
        <translation>手工套合档案(&amp;P)</translation>
    </message>
    <message>
        <source>By how much the archive is moved to lie on the survey.</source>
        <translation>档案平移多少才能与本期影像重合。</translation>
    </message>
    <message>
        <source>&amp;Place the earlier survey by hand</source>
        <translation>手工套合前期影像(&amp;P)</translation>
    </message>
    <message>
        <source>By how much the earlier survey is moved and turned to lie on the later one. The pictures refine it within 1.5 m; where they contradict it, it holds and you are told.</source>
        <translation>前期影像平移、旋转多少才能与后期重合。影像会在 1.5 米内加以修正；若影像与之不符，仍按此值套合，并提示您。</translation>
    </message>
</context>
<context>
    <name>MoveCaseDialog</name>
    <message>
        <source>Move on</source>
        <translation>办理</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{case}: {origin} → {target}</source>
        <translation>{case}：{origin} → {target}</translation>
    </message>
    <message>
        <source>two different officers</source>
        <translation>两名不同的执法人员</translation>
    </message>
    <message>
        <source>an officer</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>the number of the document</source>
        <translation>文书编号</translation>
    </message>
    <message>
        <source>a reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>This move needs {wanted}.</source>
        <translation>本步需要：{wanted}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Not required for this move</source>
        <translation>本步可不填</translation>
    </message>
    <message>
        <source>Move the case on</source>
        <translation>办理案件</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>日期(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Lead officer</source>
        <translation>主办人(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Second officer</source>
        <translation>协办人(&amp;S)</translation>
    </message>
    <message>
        <source>Document &amp;number</source>
        <translation>文书编号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
</context>
<context>
    <name>NewWorkspaceDialog</name>
    <message>
        <source>&amp;Make workspace</source>
        <translation>新建(&amp;M)</translation>
    </message>
    <message>
        <source>Folder in which the workspace is made</source>
        <translation>选择工作区所在的文件夹</translation>
    </message>
    <message>
        <source>Give the workspace a name.</source>
        <translation>请填写工作区名称。</translation>
    </message>
    <message>
        <source>The workspace is being made…</source>
        <translation>正在新建工作区…</translation>
    </message>
    <message>
        <source>This system has no key store: the password holds until the program ends.</source>
        <translation>本机没有系统密钥库：密码只在程序退出前有效。</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>A workspace is a folder that keeps one area&apos;s archive, surveys, findings and cases.</source>
        <translation>工作区是一个文件夹，存放一个地区的档案、航测期次、图斑和案件。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>for example the village or the street</source>
        <translation>例如村或街道的名称</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>B&amp;ureau</source>
        <translation>执法机关(&amp;U)</translation>
    </message>
    <message>
        <source>as orders print it; can be added later</source>
        <translation>文书上的机关名称，可以以后再填</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>For the &amp;whole bureau, on a server</source>
        <translation>全局共用，存放在服务器上(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Encrypt telephone and identity numbers (a recovery key is shown once)</source>
        <translation>加密保存电话和证件号码（恢复密钥只显示一次）(&amp;E)</translation>
    </message>
</context>
<context>
    <name>ObservationDialog</name>
    <message>
        <source>{finding} · ordered {area:.1f} m²</source>
        <translation>{finding} · 责令拆除 {area:.1f} m²</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>录入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{done:.1f} m² gone ({share:.0%})</source>
        <translation>已拆 {done:.1f} m²（{share:.0%}）</translation>
    </message>
    <message>
        <source>{finding}: {left:.1f} of {ordered:.1f} m² still stand</source>
        <translation>{finding}：剩余 {left:.1f} / {ordered:.1f} m²</translation>
    </message>
    <message>
        <source>The re-flight of {date} shows:</source>
        <translation>{date} 复飞检测结果：</translation>
    </message>
    <message>
        <source>Photograph of the demolition</source>
        <translation>拆除现场照片</translation>
    </message>
    <message>
        <source>Photographs (*.jpg *.jpeg *.png)</source>
        <translation>照片 (*.jpg *.jpeg *.png)</translation>
    </message>
    <message>
        <source>Observe the demolition</source>
        <translation>录入拆除观测</translation>
    </message>
    <message>
        <source>St&amp;ructure</source>
        <translation>建筑(&amp;R)</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观测方式</translation>
    </message>
    <message>
        <source>On si&amp;te</source>
        <translation>现场(&amp;T)</translation>
    </message>
    <message>
        <source>By re-&amp;flight</source>
        <translation>复飞(&amp;F)</translation>
    </message>
    <message>
        <source>Sur&amp;vey</source>
        <translation>期次(&amp;V)</translation>
    </message>
    <message>
        <source>The survey it was measured in; takes over its date</source>
        <translation>量测所用期次；日期随之填写</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>按检测测算(&amp;M)</translation>
    </message>
    <message>
        <source>Take what is left of every structure from the changes detected in this survey</source>
        <translation>按本期变化检测结果测算各建筑的剩余面积</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>日期(&amp;D)</translation>
    </message>
    <message>
        <source>Area still &amp;standing</source>
        <translation>剩余面积(&amp;S)</translation>
    </message>
    <message>
        <source>All &amp;gone</source>
        <translation>全部拆除(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Photograph</source>
        <translation>照片(&amp;P)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>OpenCaseDialog</name>
    <message>
        <source>Finding {number} is confirmed, entered as a lead and becomes a case.</source>
        <translation>图斑 {number} 将确认为疑似违建、登记线索并建立案件。</translation>
    </message>
    <message>
        <source>&amp;Open case</source>
        <translation>建立案件(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>建立案件</translation>
    </message>
    <message>
        <source>⚠ It was found to be within its permit. Look again before a case is opened.</source>
        <translation>⚠ 该图斑判定为“符合许可”，请核实后再建立案件。</translation>
    </message>
    <message>
        <source>&amp;Lead officer</source>
        <translation>主办人(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Second officer</source>
        <translation>协办人(&amp;S)</translation>
    </message>
    <message>
        <source>O&amp;pened on</source>
        <translation>登记日期(&amp;P)</translation>
    </message>
</context>
<context>
    <name>OrderMapDialog</name>
    <message>
        <source>Order map of case {case}</source>
        <translation>案件 {case} 的拆除范围图</translation>
    </message>
    <message>
        <source>Drag the map inside its frames to move it; turn the wheel to zoom</source>
        <translation>在图框内拖动可移动地图；滚轮缩放</translation>
    </message>
    <message>
        <source>{size} landscape</source>
        <translation>{size} 横向</translation>
    </message>
    <message>
        <source>{size} portrait</source>
        <translation>{size} 纵向</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>A scale is written like 1:500; from 1:50 to 1:50000.</source>
        <translation>比例尺请写成 1:500 的形式，范围 1:50 至 1:50000。</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>Page {number} of {pages}</source>
        <translation>第 {number} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Scale 1:{scale}. Drag the map inside its frames to move it.</source>
        <translation>比例尺 1:{scale}。在图框内拖动可移动地图。</translation>
    </message>
    <message>
        <source>Use 1:{scale}</source>
        <translation>改用 1:{scale}</translation>
    </message>
    <message>
        <source>Order map</source>
        <translation>拆除范围图</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>纸张(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Scale</source>
        <translation>比例尺(&amp;S)</translation>
    </message>
    <message>
        <source>Choose a scale, or type one such as 1:300 and press Enter</source>
        <translation>选择比例尺，或输入如 1:300 后按回车</translation>
    </message>
    <message>
        <source>&amp;Centre the map</source>
        <translation>居中(&amp;C)</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>整页</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Save P&amp;DF…</source>
        <translation>保存 PDF(&amp;D)…</translation>
    </message>
    <message>
        <source>Save P&amp;NG…</source>
        <translation>保存 PNG(&amp;N)…</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Password of the shared archive</source>
        <translation>共享档案的密码</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
</context>
<context>
    <name>PhotosDialog</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Folder of photographs</source>
        <translation>照片文件夹</translation>
    </message>
    <message>
        <source>{found} files: {taken} taken, {duplicates} duplicates, {refused} not taken. Of those taken {matched} show a building; {unplaced} have no usable position and can be placed by hand in the table of photographs.</source>
        <translation>共 {found} 个文件：导入 {taken}，重复 {duplicates}，未导入 {refused}。导入的照片中 {matched} 张已匹配建筑；{unplaced} 张没有可用位置，可在“照片”表中手工定位。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>the same is in the archive already</source>
        <translation>档案中已有同一张照片</translation>
    </message>
    <message>
        <source>Cancelled; nothing was imported.</source>
        <translation>已取消，未导入任何内容。</translation>
    </message>
    <message>
        <source>Import photographs</source>
        <translation>导入照片</translation>
    </message>
    <message>
        <source>The photographs of a folder and of the folders in it become evidence. The originals stay as they are.</source>
        <translation>把文件夹（含子文件夹）中的照片作为证据导入；原文件保持不变。</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>Farthest b&amp;uilding:</source>
        <translation>匹配建筑距离(&amp;U)：</translation>
    </message>
    <message>
        <source> m</source>
        <translation> 米</translation>
    </message>
    <message>
        <source>A photograph is matched to the nearest building no farther than this, within its view where the direction is known</source>
        <translation>照片匹配到不超过此距离的最近建筑；已知方向时只在视线范围内匹配</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PlaceCheck</name>
    <message>
        <source>Choose the folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Give the folder with its whole path.</source>
        <translation>请填写文件夹的完整路径。</translation>
    </message>
</context>
<context>
    <name>PlaceDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RecordDialog</name>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Keep mine</source>
        <translation>保存我的(&amp;K)</translation>
    </message>
    <message>
        <source>{field}: {theirs} was kept meanwhile</source>
        <translation>{field}：他人已保存为“{theirs}”</translation>
    </message>
    <message>
        <source>“{field}” must be a whole number.</source>
        <translation>“{field}”应填整数。</translation>
    </message>
    <message>
        <source>“{field}” must be a number.</source>
        <translation>“{field}”应填数字。</translation>
    </message>
    <message>
        <source>“{field}” must be a day such as 2019-05-31.</source>
        <translation>“{field}”应填日期，例如 2019-05-31。</translation>
    </message>
</context>
<context>
    <name>RecoveryKeyDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Telephone and identity numbers of this workspace are now encrypted. This key unlocks them on another machine, or when this account&apos;s own key is lost. It is shown only now: write it down and keep it safe.</source>
        <translation>本工作区的电话和证件号码现已加密保存。换机或本账号的密钥丢失时，用这个密钥解锁。它只显示这一次，请抄写并妥善保管。</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>复制密钥</translation>
    </message>
    <message>
        <source>I have &amp;written it down</source>
        <translation>我已抄写保存(&amp;W)</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Give the name or address of the server.</source>
        <translation>请填写服务器名称或地址。</translation>
    </message>
    <message>
        <source>Give the name of the database.</source>
        <translation>请填写数据库名称。</translation>
    </message>
    <message>
        <source>Give the name of the schema.</source>
        <translation>请填写模式名称。</translation>
    </message>
    <message>
        <source>Give the user of the database.</source>
        <translation>请填写数据库用户。</translation>
    </message>
    <message>
        <source>Shared folder of evidence</source>
        <translation>证据共享文件夹</translation>
    </message>
    <message>
        <source>The server is asked…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>✓ PostgreSQL {version}, but PostGIS is not installed in this database yet.</source>
        <translation>✓ PostgreSQL {version}，但此数据库尚未安装 PostGIS。</translation>
    </message>
    <message>
        <source>✓ PostgreSQL {version} with PostGIS; there is an archive in this schema.</source>
        <translation>✓ PostgreSQL {version} 与 PostGIS 正常；此模式中已有档案。</translation>
    </message>
    <message>
        <source>✓ PostgreSQL {version} with PostGIS; there is no archive in this schema.</source>
        <translation>✓ PostgreSQL {version} 与 PostGIS 正常；此模式中还没有档案。</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>服务器(&amp;S)</translation>
    </message>
    <message>
        <source>name or address, for example 10.0.0.5</source>
        <translation>名称或地址，例如 10.0.0.5</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>数据库(&amp;D)</translation>
    </message>
    <message>
        <source>Sc&amp;hema</source>
        <translation>模式(&amp;H)</translation>
    </message>
    <message>
        <source>Use&amp;r</source>
        <translation>用户(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s key store, never in a file</source>
        <translation>保存在系统密钥库中，不写入任何文件</translation>
    </message>
    <message>
        <source>&amp;Evidence</source>
        <translation>证据(&amp;E)</translation>
    </message>
    <message>
        <source>shared folder for photographs and files</source>
        <translation>照片和文件的共享文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>测试连接(&amp;T)</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Town (article 64)</source>
        <translation>城镇（第六十四条）</translation>
    </message>
    <message>
        <source>Village (article 65)</source>
        <translation>乡、村庄（第六十五条）</translation>
    </message>
    <message>
        <source>Is an administrative penalty</source>
        <translation>属于行政处罚</translation>
    </message>
    <message>
        <source>Is no administrative penalty</source>
        <translation>不属于行政处罚</translation>
    </message>
    <message>
        <source>Reminder first, then announcement</source>
        <translation>先催告，后公告</translation>
    </message>
    <message>
        <source>Announcement first, then reminder</source>
        <translation>先公告，后催告</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Give the workspace a name.</source>
        <translation>请填写工作区名称。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>My preferences</source>
        <translation>个人设置</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>Takes effect when weijian is started again.</source>
        <translation>重新启动程序后生效。</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>颜色(&amp;C)：</translation>
    </message>
    <message>
        <source>Seen at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>&amp;First officer:</source>
        <translation>主办人员(&amp;F)：</translation>
    </message>
    <message>
        <source>Entered for you in new cases and moves.</source>
        <translation>新立案件和流转时自动填入。</translation>
    </message>
    <message>
        <source>&amp;Second officer:</source>
        <translation>协办人员(&amp;S)：</translation>
    </message>
    <message>
        <source>Investigations and inspections are made by two.</source>
        <translation>调查、检查须由两名执法人员进行。</translation>
    </message>
    <message>
        <source>Folder of &amp;workspaces:</source>
        <translation>工作区文件夹(&amp;W)：</translation>
    </message>
    <message>
        <source>Folder of e&amp;xports:</source>
        <translation>导出文件夹(&amp;X)：</translation>
    </message>
    <message>
        <source>Where file dialogs begin.</source>
        <translation>打开、保存文件时从这里开始。</translation>
    </message>
    <message>
        <source>This workspace</source>
        <translation>本工作区</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>Stands in the title of the window and in the papers&apos; lists.</source>
        <translation>显示在窗口标题和各类清单中。</translation>
    </message>
    <message>
        <source>&amp;Bureau:</source>
        <translation>机关(&amp;B)：</translation>
    </message>
    <message>
        <source>Signs the orders and notices.</source>
        <translation>责令、告知等文书的落款机关。</translation>
    </message>
    <message>
        <source>Document &amp;mark:</source>
        <translation>文号字头(&amp;M)：</translation>
    </message>
    <message>
        <source>Stands before the year in document numbers.</source>
        <translation>文书编号中年份之前的机关代字。</translation>
    </message>
    <message>
        <source>&amp;Review body:</source>
        <translation>复议机关(&amp;R)：</translation>
    </message>
    <message>
        <source>Named in orders: where review can be asked for.</source>
        <translation>写入文书：可向其申请行政复议。</translation>
    </message>
    <message>
        <source>Decides the article an order rests on.</source>
        <translation>决定文书适用《城乡规划法》的哪一条。</translation>
    </message>
    <message>
        <source>A penalty needs prior notice and legal review first.</source>
        <translation>按行政处罚办理的，须先告知并经法制审核。</translation>
    </message>
    <message>
        <source>Data on the net&amp;work:</source>
        <translation>网络数据(&amp;W)：</translation>
    </message>
    <message>
        <source>Addresses, object stores and files that only point to them. Disks and shares always serve.</source>
        <translation>指网址、对象存储以及只写明网址的文件；本机磁盘和局域网共享不受此限。</translation>
    </message>
    <message>
        <source>Co&amp;urt:</source>
        <translation>法院(&amp;U)：</translation>
    </message>
    <message>
        <source>Named in orders: where a suit can be brought.</source>
        <translation>写入文书：可向其提起行政诉讼。</translation>
    </message>
    <message>
        <source>&amp;Planning area:</source>
        <translation>规划区(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Order to demolish:</source>
        <translation>责令拆除(&amp;O)：</translation>
    </message>
    <message>
        <source>Reminder and &amp;announcement:</source>
        <translation>催告与公告(&amp;A)：</translation>
    </message>
    <message>
        <source>Which of the two comes first before enforcement.</source>
        <translation>强制执行前，两者先做哪一个。</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在地图上</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>快捷键与鼠标</translation>
    </message>
</context>
<context>
    <name>SurveyPlacement</name>
    <message>
        <source>Nothing to draw yet</source>
        <translation>暂无范围</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>The workspace is still empty; this is the first of its data.</source>
        <translation>工作区还没有数据，这是第一份。</translation>
    </message>
    <message>
        <source>Lies outside everything in this workspace, about {distance} km away. Check its coordinate system.</source>
        <translation>与工作区已有数据都不重叠，相距约 {distance} 公里，请核对坐标系。</translation>
    </message>
    <message>
        <source>Covers {share} % of the archive&apos;s area.</source>
        <translation>覆盖档案范围的 {share}%。</translation>
    </message>
    <message>
        <source>{share} % of it was also flown in {survey}.</source>
        <translation>与“{survey}”重叠 {share}%。</translation>
    </message>
</context>
<context>
    <name>gestures</name>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>移动地图</translation>
    </message>
    <message>
        <source>Drag with the middle button</source>
        <translation>按住中键拖动</translation>
    </message>
    <message>
        <source>Move the map, whatever tool is in hand</source>
        <translation>移动地图，任何工具下均可</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针处为中心缩放</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Zoom in; ends a measurement</source>
        <translation>放大；量测时结束量测</translation>
    </message>
    <message>
        <source>Drag the handle</source>
        <translation>拖动卷帘手柄</translation>
    </message>
    <message>
        <source>Swipe between the two dates</source>
        <translation>在两期影像间卷帘</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Blink: the other date</source>
        <translation>闪烁切换到另一期</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
</context>
<context>
    <name>imports</name>
    <message>
        <source>Households</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Control zones</source>
        <translation>管控区</translation>
    </message>
    <message>
        <source>Household number</source>
        <translation>户号</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>户主／权利人</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Relation to the holder</source>
        <translation>与户主关系</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>村</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>乡镇</translation>
    </message>
    <message>
        <source>Parcel number</source>
        <translation>宗地代码</translation>
    </message>
    <message>
        <source>Area (m²)</source>
        <translation>面积（m²）</translation>
    </message>
    <message>
        <source>Building number</source>
        <translation>房屋编号</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Height (m)</source>
        <translation>高度（m）</translation>
    </message>
    <message>
        <source>Built area (m²)</source>
        <translation>建筑面积（m²）</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>建成时间</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Permit number</source>
        <translation>许可证号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Permitted storeys</source>
        <translation>许可层数</translation>
    </message>
    <message>
        <source>Permitted height (m)</source>
        <translation>许可高度（m）</translation>
    </message>
    <message>
        <source>Permitted footprint (m²)</source>
        <translation>许可占地面积（m²）</translation>
    </message>
    <message>
        <source>Zone number</source>
        <translation>管控区编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>{path} does not state its coordinate system; choose it here.</source>
        <translation>{path} 没有注明坐标系，请在这里选择。</translation>
    </message>
    <message>
        <source>You chose {declared} for {path}, but its coordinates look like {found}; choose the right one.</source>
        <translation>您为 {path} 选的坐标系是 {declared}，坐标却像是 {found}，请另选正确的坐标系。</translation>
    </message>
    <message>
        <source>{path} states {declared}, but its coordinates look like {found}; choose the right one.</source>
        <translation>{path} 注明的坐标系是 {declared}，坐标却像是 {found}，请选择正确的坐标系。</translation>
    </message>
    <message>
        <source>In {crs}, {path} lies at {longitude}° E, {latitude}° N, outside China; choose the right system.</source>
        <translation>按 {crs}，{path} 位于东经 {longitude}°、北纬 {latitude}°，不在我国境内，请选择正确的坐标系。</translation>
    </message>
    <message>
        <source>The coordinate system stored with {path} is broken; move its .prj away or export it again.</source>
        <translation>{path} 的坐标系定义已损坏，请移走 .prj 或重新导出。</translation>
    </message>
    <message>
        <source>The text encoding of {path} cannot be told; choose another one.</source>
        <translation>无法判断 {path} 的文字编码，请另选一种。</translation>
    </message>
    <message>
        <source>{path} has no column for “{expected}”; name it under Columns.</source>
        <translation>{path} 中没有“{expected}”一列，请在“字段对应”中指定。</translation>
    </message>
</context>
</TS>
